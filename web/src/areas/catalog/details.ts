export interface Track {
  position: string;
  title: string;
  seconds: number | null;
}

/** Tracks of an album's details; what is not a track is left out. */
export function readTracks(details: object): Track[] {
  if (!("tracks" in details) || !Array.isArray(details.tracks)) return [];
  return (details.tracks as unknown[]).flatMap((each, index) => {
    if (typeof each !== "object" || each === null || !("title" in each) || typeof each.title !== "string") return [];
    const given = "position" in each && (typeof each.position === "string" || typeof each.position === "number") ? each.position : index + 1;
    const position = String(given);
    const seconds = "seconds" in each && typeof each.seconds === "number" ? each.seconds : null;
    return [{ position, title: each.title, seconds }];
  });
}
