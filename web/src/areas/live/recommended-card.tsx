import { Link } from "@tanstack/react-router";
import { Bell, Play } from "lucide-react";
import type { RecommendedRead } from "@/api";
import { IconButton } from "@/ui/button";
import { Poster } from "@/ui/poster/poster";
import { clock } from "./time";

function reasonOf({ reason, reason_genre, is_premiere }: RecommendedRead): string | null {
  if (reason === "work") return "On your list";
  if (reason === "genre" && reason_genre) return `You like ${reason_genre.toLowerCase()}`;
  if (reason === "channel") return "You often watch this channel";
  return is_premiere ? "Premiere" : null;
}

/** Something that is on, or will be: its art, where and when, and how much of it is over. */
export function RecommendedCard({ one, now, onPlay }: { one: RecommendedRead; now: number; onPlay: () => void }) {
  const start = Date.parse(one.start_at);
  const stop = Date.parse(one.stop_at);
  const isOn = start <= now;
  const share = Math.round(Math.min(1, Math.max(0, (now - start) / (stop - start))) * 100);
  const work = one.work ?? { title: one.title, year: null, kind: one.episode === null ? "movie" as const : "series" as const, poster: null };
  const reason = reasonOf(one);
  return (
    <li data-card className="relative flex h-32 w-72 shrink-0 snap-start overflow-hidden rounded-lg border border-line bg-raised hover:border-line-strong">
      <div className="w-21 shrink-0"><Poster work={work} sizes="84px" className="h-full w-21 rounded-none" /></div>
      <div className="flex min-w-0 flex-1 flex-col gap-0.5 px-3 py-2.5">
        <p className="truncate text-xs text-quiet">{one.channel_name}</p>
        <Link to="/guide" search={{ programme: one.id, at: one.start_at }} className="line-clamp-2 font-serif text-base leading-snug font-semibold after:absolute after:inset-0">{one.title}</Link>
        {reason ? <p className="truncate text-xs text-accent">{reason}</p> : one.sub_title ? <p className="truncate text-xs text-quiet">{one.sub_title}</p> : null}
        <div className="mt-auto flex items-center gap-2 text-xs text-quiet tabular">
          {isOn ? (
            <>
              <span role="progressbar" aria-label={`${share} % of it is over`} aria-valuenow={share} aria-valuemin={0} aria-valuemax={100} className="h-1 min-w-0 flex-1 overflow-hidden rounded-full bg-sunken">
                <span className="block h-full rounded-full bg-accent" style={{ width: `${share}%` }} />
              </span>
              <span>until {clock(stop)}</span>
            </>
          ) : <span className="flex items-center gap-1.5">{one.reminder_id ? <Bell size={12} className="text-accent" aria-label="Reminder set" role="img" /> : null}{clock(start)} – {clock(stop)}</span>}
        </div>
      </div>
      {isOn && one.is_playable ? <IconButton label={`Watch ${one.channel_name}`} look="primary" size="s" className="absolute top-1/2 left-10.5 z-10 -translate-1/2 rounded-full shadow-raised" onClick={onPlay}><Play size={15} aria-hidden /></IconButton> : null}
    </li>
  );
}
