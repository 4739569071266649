import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { gzipSync } from "node:zlib";
import { expect, type Page } from "@playwright/test";

const MINUTE = 60_000;
const LENGTHS = [30, 45, 60, 25, 90, 15, 120, 50];

/** A guide without gaps: every channel changes at `anchor`, and is on for days around it. */
export interface MadeGuide { channels: number; anchor: number; from: number; to: number }

export const channelName = (row: number): string => `Antenna ${row + 1}`;

/** What a channel shows at a moment, by the same sums that wrote the file. */
export function programmeAt({ anchor }: MadeGuide, row: number, moment: number): { start: number; stop: number; title: string } {
  const cycle = LENGTHS.reduce((sum, each) => sum + each, 0) * MINUTE;
  let start = anchor + Math.floor((moment - anchor) / cycle) * cycle;
  for (let place = 0; ; place += 1) {
    const stop = start + (LENGTHS[(place + row) % LENGTHS.length] ?? 30) * MINUTE;
    if (moment < stop) return { start, stop, title: `Reel ${row + 1}-${Math.round((start - anchor) / MINUTE)}` };
    start = stop;
  }
}

const stamp = (moment: number): string => `${new Date(moment).toISOString().replaceAll(/[-:T]/g, "").slice(0, 14)} +0000`;

/** The guide as XMLTV, packed. */
export function xmltv(guide: MadeGuide): Buffer {
  const parts = ["<?xml version='1.0' encoding='UTF-8'?>\n<tv>\n"];
  for (let row = 0; row < guide.channels; row += 1) parts.push(`<channel id="antenna${row + 1}.example"><display-name>${channelName(row)}</display-name><display-name>${row + 1}</display-name></channel>\n`);
  for (let row = 0; row < guide.channels; row += 1) {
    for (let moment = guide.from; moment < guide.to;) {
      const { start, stop, title } = programmeAt(guide, row, moment);
      parts.push(`<programme start="${stamp(start)}" stop="${stamp(stop)}" channel="antenna${row + 1}.example"><title>${title}</title><category>${row % 3 ? "Movie" : "News"}</category></programme>\n`);
      moment = stop;
    }
  }
  return gzipSync(`${parts.join("")}</tv>\n`, { level: 1 });
}

/** Calls of the API in the name of who is signed in, in one space. */
export class Api {
  constructor(private readonly page: Page, private readonly csrf: string, readonly space: string) {}

  static async of(page: Page, space = ""): Promise<Api> {
    const session = await (await page.request.get("/api/v1/auth/session")).json() as { csrf_token: string };
    return new Api(page, session.csrf_token, space);
  }

  private get headers(): Record<string, string> {
    return { "X-CSRF-Token": this.csrf, ...(this.space ? { "X-Space": this.space } : {}) };
  }

  async post<T>(path: string, data?: unknown, multipart?: Record<string, string | { name: string; mimeType: string; buffer: Buffer }>): Promise<T> {
    const answer = await this.page.request.post(`/api/v1${path}`, { headers: this.headers, ...(multipart ? { multipart } : { data: data ?? {} }) });
    expect(answer.ok(), `${path}: ${await answer.text()}`).toBe(true);
    return (answer.status() === 204 ? null : await answer.json()) as T;
  }

  async patch(path: string, data: unknown): Promise<void> { await this.send("PATCH", path, data); }

  async put(path: string, data: unknown): Promise<void> { await this.send("PUT", path, data); }

  private async send(method: string, path: string, data: unknown): Promise<void> {
    const answer = await this.page.request.fetch(`/api/v1${path}`, { method, headers: this.headers, data });
    expect(answer.ok(), `${path}: ${await answer.text()}`).toBe(true);
  }

  async get<T>(path: string): Promise<T> {
    const answer = await this.page.request.get(`/api/v1${path}`, { headers: this.headers });
    expect(answer.ok(), `${path}: ${await answer.text()}`).toBe(true);
    return await answer.json() as T;
  }

  async bringIn(source: string, name: string, buffer: Buffer): Promise<void> {
    const { id } = await this.post<{ id: string }>("/imports", undefined, { source, file: { name, mimeType: "application/octet-stream", buffer } });
    await expect.poll(async () => (await this.get<{ status: string }>(`/imports/${id}`)).status, { timeout: 120_000, intervals: [1000] }).toBe("succeeded");
  }
}

/** A space of its own with a guide in it; leaves the demonstration world as it was. */
export async function withGuide(page: Page, guide: MadeGuide): Promise<Api> {
  const slug = `antenna-${Date.now()}`;
  await (await Api.of(page)).post("/spaces", { name: "Antenna House", slug });
  const api = await Api.of(page, slug);
  await api.bringIn("xmltv", "guide.xml.gz", xmltv(guide));
  return api;
}

export async function enter(page: Page, space: string): Promise<void> {
  await page.addInitScript((slug) => localStorage.setItem("mediatheque:space", slug), space);
}

/** A live stream on loopback: a test picture that ffmpeg cuts into HLS as it goes. */
export class Stream {
  private constructor(readonly address: string, private readonly encoder: ChildProcess, private readonly server: Server, private readonly folder: string) {}

  static async open(): Promise<Stream> {
    const folder = mkdtempSync(join(tmpdir(), "mediatheque-hls-"));
    const encoder = spawn("ffmpeg", [
      "-hide_banner", "-loglevel", "error", "-re", "-f", "lavfi", "-i", "testsrc2=size=320x180:rate=15", "-f", "lavfi", "-i", "sine=frequency=330",
      "-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p", "-g", "15", "-c:a", "aac", "-b:a", "64k",
      "-f", "hls", "-hls_time", "1", "-hls_list_size", "6", "-hls_flags", "delete_segments", join(folder, "index.m3u8"),
    ], { stdio: "ignore" });
    const server = createServer((request, response) => {
      try {
        const name = basename(new URL(request.url ?? "/", "http://localhost").pathname);
        const body = readFileSync(join(folder, name));
        response.writeHead(200, { "Content-Type": name.endsWith(".m3u8") ? "application/vnd.apple.mpegurl" : "video/mp2t", "Content-Length": body.length }).end(body);
      } catch {
        response.writeHead(404).end();
      }
    });
    await new Promise<void>((done) => { server.listen(0, "127.0.0.1", done); });
    const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/index.m3u8`;
    await expect.poll(async () => (await fetch(address)).status, { timeout: 20_000 }).toBe(200);
    return new Stream(address, encoder, server, folder);
  }

  async close(): Promise<void> {
    const ended = new Promise((done) => { this.encoder.once("exit", done); });
    this.encoder.kill("SIGKILL");
    await ended;
    this.server.close();
    rmSync(this.folder, { recursive: true, force: true });
  }
}
