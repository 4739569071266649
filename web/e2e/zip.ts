import { crc32 } from "node:zlib";

/** A zip of uncompressed files (PKWARE APPNOTE, method 0), enough to be an export. */
export function zip(files: Readonly<Record<string, string>>): Buffer {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const [name, text] of Object.entries(files)) {
    const path = Buffer.from(name);
    const data = Buffer.from(text);
    const shared = Buffer.alloc(26);
    shared.writeUInt16LE(20, 0);
    shared.writeUInt32LE(crc32(data), 10);
    shared.writeUInt32LE(data.length, 14);
    shared.writeUInt32LE(data.length, 18);
    shared.writeUInt16LE(path.length, 22);
    const local = Buffer.concat([Buffer.from("PK\x03\x04", "latin1"), shared, path, data]);
    const tail = Buffer.alloc(14);
    tail.writeUInt32LE(offset, 10);
    directory.push(Buffer.concat([Buffer.from("PK\x01\x02\x14\x00", "latin1"), shared, tail, path]));
    parts.push(local);
    offset += local.length;
  }
  const entries = Buffer.concat(directory);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(directory.length, 4);
  end.writeUInt16LE(directory.length, 6);
  end.writeUInt32LE(entries.length, 8);
  end.writeUInt32LE(offset, 12);
  return Buffer.concat([...parts, entries, Buffer.from("PK\x05\x06", "latin1"), end]);
}

const FILMS = [
  ["The Wonderful Lies of Nina Petrowna", 1929], ["Asphalt", 1929], ["Varieté", 1925], ["Spione", 1928], ["Menschen am Sonntag", 1930],
  ["Der letzte Mann", 1924], ["Die Straße", 1923], ["Schatten", 1923], ["Genuine", 1920], ["Algol", 1920],
] as const;

/** A Letterboxd export of so many films that its import can be watched. */
export function letterboxd(extra: number): Buffer {
  const films = [...FILMS, ...Array.from({ length: extra }, (_, index) => [`Lost reel ${index + 1}`, 1900 + (index % 40)] as const)];
  const line = ([name, year]: readonly [string, number], index: number): string => `2024-03-01,"${name}",${year},https://boxd.it/e2e${index}`;
  return zip({
    "ratings.csv": `Date,Name,Year,Letterboxd URI,Rating\n${films.map((film, index) => `${line(film, index)},${(index % 9) / 2 + 0.5}`).join("\n")}\n`,
    "watched.csv": `Date,Name,Year,Letterboxd URI\n${films.map(line).join("\n")}\n`,
    "profile.csv": "Date Joined,Username\n2020-01-01,ada\n",
  });
}
