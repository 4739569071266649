import { useState } from "react";
import type { PlayerMade } from "@/api";
import { ToggleChip } from "@/ui/chip";
import { CopyText } from "@/ui/copy-text";

type Program = "kodi" | "vlc" | "tv" | "server";

const PROGRAMS: readonly { id: Program; label: string }[] = [
  { id: "kodi", label: "Kodi" }, { id: "vlc", label: "VLC" }, { id: "tv", label: "Television or phone" }, { id: "server", label: "Jellyfin, Emby, Plex" },
];

function steps(program: Program, isTuner: boolean): string[] {
  switch (program) {
    case "kodi": return [
      "In Add-ons, install “PVR IPTV Simple Client” from the PVR clients.",
      "In its settings choose “Remote path”, and paste the playlist's address as “M3U playlist URL”.",
      "Under EPG, paste the guide's address as “XMLTV URL”. Start Kodi again; the channels are under TV.",
    ];
    case "vlc": return [
      "Choose Media, then “Open network stream” (Ctrl-N); on a phone “New stream”.",
      "Paste the playlist's address and press Play. The channels are in the playlist (Ctrl-L).",
    ];
    case "tv": return [
      "Open the IPTV app of the television or phone and add a playlist by its address (M3U URL).",
      "The guide comes along by itself. Where the app asks for it (EPG or XMLTV), paste the guide's address.",
    ];
    case "server": return isTuner ? [
      "Jellyfin, Emby: Dashboard, Live TV, add a tuner of the kind HDHomeRun with the tuner's address. Plex: Live TV & DVR, enter the tuner's address by hand.",
      "As guide choose XMLTV, and paste the guide's address.",
    ] : [
      "Jellyfin, Emby: Dashboard, Live TV, add a tuner of the kind M3U with the playlist's address.",
      "As guide choose XMLTV, and paste the guide's address.",
      "Plex takes tuners only: make a player that is offered as an HDHomeRun too.",
    ];
  }
}

/** The secret addresses of a new player, and where they go in the programs that people have. */
export function Setup({ player }: { player: PlayerMade }) {
  const [program, setProgram] = useState<Program>(player.is_tuner ? "server" : "kodi");
  return (
    <div className="flex flex-col gap-5">
      <dl className="flex flex-col gap-3">
        <div><dt className="mb-1 text-xs font-medium text-quiet">Playlist (M3U)</dt><dd><CopyText text={player.playlist_url} label="Address of the playlist" /></dd></div>
        <div><dt className="mb-1 text-xs font-medium text-quiet">Guide (XMLTV)</dt><dd><CopyText text={player.guide_url} label="Address of the guide" /></dd></div>
        {player.tuner_url ? <div><dt className="mb-1 text-xs font-medium text-quiet">Tuner (HDHomeRun)</dt><dd><CopyText text={player.tuner_url} label="Address of the tuner" /></dd></div> : null}
      </dl>
      <div className="flex flex-col gap-3">
        <div className="flex flex-wrap gap-2" role="group" aria-label="Program">
          {PROGRAMS.map(({ id, label }) => <ToggleChip key={id} on={program === id} onClick={() => setProgram(id)}>{label}</ToggleChip>)}
        </div>
        <ol className="flex list-decimal flex-col gap-2 pl-5 leading-relaxed">
          {steps(program, player.is_tuner).map((step) => <li key={step}>{step}</li>)}
        </ol>
      </div>
    </div>
  );
}
