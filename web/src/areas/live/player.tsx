import { useEffect, useRef, useState } from "react";
import { type ChannelRead, type PlaybackStarted, watchBeat, watchStartChannel, watchStop } from "@/api";
import { messageOf } from "@/lib/errors";
import { Dialog } from "@/ui/dialog";
import { SkeletonRows } from "@/ui/states";

const HLS = "application/vnd.apple.mpegurl";

/** Plays a channel: a signed address, heartbeats while it plays, an end when it is closed. */
export function Player({ channel, onClose }: { channel: Pick<ChannelRead, "id" | "name">; onClose: () => void }) {
  const video = useRef<HTMLVideoElement>(null);
  const [started, setStarted] = useState<PlaybackStarted | null>(null);
  const [fault, setFault] = useState<string | null>(null);

  useEffect(() => {
    let isOver = false;
    let session: string | null = null;
    const stop = (id: string): void => { void watchStop({ path: { playback_id: id } }).catch(() => undefined); };
    watchStartChannel({ path: { channel_id: channel.id }, body: { client: "Browser" } })
      .then(({ data }) => {
        session = data.session_id;
        if (isOver) stop(session);
        else setStarted(data);
      })
      .catch((error: unknown) => { if (!isOver) setFault(messageOf(error)); });
    return () => {
      isOver = true;
      if (session) stop(session);
    };
  }, [channel.id]);

  useEffect(() => {
    if (!started) return;
    const timer = setInterval(() => {
      watchBeat({ path: { playback_id: started.session_id } }).catch((error: unknown) => setFault(messageOf(error)));
    }, started.heartbeat_seconds * 1000);
    return () => clearInterval(timer);
  }, [started]);

  useEffect(() => {
    const element = video.current;
    if (!started || !element) return;
    const playItself = (): void => { element.src = started.manifest_url; };
    if (started.media_type !== HLS) {
      playItself();
      return () => { element.removeAttribute("src"); };
    }
    let isOver = false;
    let end = (): void => { isOver = true; element.removeAttribute("src"); };
    // Also where the browser could play HLS itself: hls.js recovers from gaps and says what went wrong.
    void import("hls.js/light").then(({ default: Hls }) => {
      if (isOver) return;
      if (!Hls.isSupported()) { playItself(); return; }
      const hls = new Hls({ enableWorker: false });
      hls.on(Hls.Events.ERROR, (_, data) => { if (data.fatal) setFault("The stream broke off. Close the player and try again."); });
      hls.loadSource(started.manifest_url);
      hls.attachMedia(element);
      end = () => hls.destroy();
    }).catch(playItself);
    return () => end();
  }, [started]);

  return (
    <Dialog open onOpenChange={(open) => { if (!open) onClose(); }} title={channel.name} size="l">
      {fault ? <p role="alert" className="rounded-lg bg-danger-soft p-4">{fault}</p> : null}
      {!started && !fault ? <SkeletonRows count={1} className="aspect-video h-auto" /> : null}
      {started ? <video ref={video} controls autoPlay playsInline aria-label={`${channel.name}, live`} className="aspect-video w-full rounded-lg bg-sunken" onError={() => setFault((known) => known ?? "This browser cannot play the stream.")} /> : null}
    </Dialog>
  );
}
