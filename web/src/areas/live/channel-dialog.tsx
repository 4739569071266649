import { useState } from "react";
import { type ChannelRead, liveCreateChannel, liveDeleteChannel, liveUpdateChannel } from "@/api";
import { fieldError } from "@/lib/errors";
import { useAction } from "@/lib/queries";
import { Button } from "@/ui/button";
import { FormDialog } from "@/ui/dialog";
import { Field, Input } from "@/ui/field";
import { FormError } from "@/ui/states";

const words = (text: string): string[] => text.split(",").map((one) => one.trim()).filter(Boolean);

/** A channel by hand: what it is called, where its stream is. */
export function ChannelDialog({ channel, onClose }: { channel: ChannelRead | null; onClose: () => void }) {
  const [draft, setDraft] = useState({
    name: channel?.name ?? "", number: channel?.number ?? "", genres: channel?.genres.join(", ") ?? "",
    stream_url: channel?.stream_url ?? "", guide_key: channel?.guide_key ?? "", min_age: channel?.min_age?.toString() ?? "",
  });
  const change = (name: keyof typeof draft) => ({ value: draft[name], onChange: (event: { target: { value: string } }) => setDraft({ ...draft, [name]: event.target.value }) });
  const save = useAction({
    run: async () => {
      const body = {
        name: draft.name, number: draft.number || null, genres: words(draft.genres), stream_url: draft.stream_url || null,
        guide_key: draft.guide_key || null, min_age: draft.min_age === "" ? null : Number(draft.min_age),
      };
      return channel ? (await liveUpdateChannel({ path: { channel_id: channel.id }, body })).data : (await liveCreateChannel({ body })).data;
    },
    touches: ["live", "activity"], done: (made) => `${made.name} is saved`, onDone: onClose, inline: true,
  });
  const remove = useAction({
    run: async () => { if (channel) await liveDeleteChannel({ path: { channel_id: channel.id } }); },
    touches: ["live", "activity"], done: "The channel is gone, with its schedule", onDone: onClose,
  });
  return (
    <FormDialog open onOpenChange={(open) => { if (!open) onClose(); }} title={channel ? "Edit channel" : "Add a channel"} onSubmit={() => save.mutate()} submit="Save" busy={save.isPending} disabled={!draft.name.trim()}>
      <div className="flex flex-col gap-4">
        <div className="grid grid-cols-[1fr_6rem] gap-3">
          <Field label="Name" error={fieldError(save.error, "name")}><Input required maxLength={120} {...change("name")} /></Field>
          <Field label="Number" optional error={fieldError(save.error, "number")}><Input inputMode="decimal" {...change("number")} /></Field>
        </div>
        <Field label="Stream" optional hint="Never shown to viewers: they get signed addresses." error={fieldError(save.error, "stream_url")}><Input type="url" placeholder="https://…/index.m3u8" {...change("stream_url")} /></Field>
        <div className="grid gap-3 sm:grid-cols-2">
          <Field label="Genres" optional hint="Separated by commas" error={fieldError(save.error, "genres")}><Input {...change("genres")} /></Field>
          <Field label="Id in guides" optional hint="tvg-id" error={fieldError(save.error, "guide_key")}><Input {...change("guide_key")} /></Field>
        </div>
        <Field label="For people from the age of" optional error={fieldError(save.error, "min_age")}><Input type="number" min={0} max={21} {...change("min_age")} /></Field>
        <FormError error={save.error} />
        {channel ? <div><Button look="danger" size="s" busy={remove.isPending} onClick={() => remove.mutate()}>Remove channel</Button></div> : null}
      </div>
    </FormDialog>
  );
}
