import { useNavigate } from "@tanstack/react-router";
import { Ellipsis, ImageOff, ImageUp, Link2, Share2, Trash2 } from "lucide-react";
import { useRef, useState } from "react";
import { catalogDeleteTitle, catalogFetchPoster, catalogRemovePoster, catalogUploadPoster, type TitleRead } from "@/api";
import { plural } from "@/lib/format";
import { useAction } from "@/lib/queries";
import { IconButton } from "@/ui/button";
import { Confirm, FormDialog } from "@/ui/dialog";
import { Field, Input } from "@/ui/field";
import { Menu, MenuItem, MenuLine } from "@/ui/menu";
import { FormError } from "@/ui/states";

/** What is done to a work seldom: its picture, who else may edit it, and its end. */
export function TitleMenu({ title, onShare }: { title: TitleRead; onShare?: (() => void) | undefined }) {
  const file = useRef<HTMLInputElement>(null);
  const navigate = useNavigate();
  const [open, setOpen] = useState<"url" | "delete" | null>(null);
  const path = { title_id: title.id };
  const upload = useAction<File>({ run: (picked) => catalogUploadPoster({ path, body: { file: picked } }), touches: ["catalog"], done: "The poster is in place" });
  const remove = useAction({ run: () => catalogRemovePoster({ path }), touches: ["catalog"], done: "The poster is gone; a drawn one stands in" });
  const del = useAction({
    run: () => catalogDeleteTitle({ path: { key: title.id } }),
    touches: ["catalog", "library", "search", "activity"],
    done: `“${title.title}” is deleted`,
    onDone: () => void navigate({ to: "/", search: {} }),
  });
  if (!title.can_edit && !title.can_delete && !onShare) return null;
  return (
    <>
      <Menu trigger={<IconButton label="More actions" look="plain"><Ellipsis size={18} aria-hidden /></IconButton>}>
        {title.can_edit ? (
          <>
            <MenuItem icon={<ImageUp size={16} aria-hidden />} onSelect={() => file.current?.click()}>Upload a poster</MenuItem>
            <MenuItem icon={<Link2 size={16} aria-hidden />} onSelect={() => setOpen("url")}>Take a poster from an address</MenuItem>
            {title.poster ? <MenuItem icon={<ImageOff size={16} aria-hidden />} onSelect={() => remove.mutate()}>Remove the poster</MenuItem> : null}
          </>
        ) : null}
        {onShare ? <MenuItem icon={<Share2 size={16} aria-hidden />} onSelect={onShare}>Share</MenuItem> : null}
        {title.can_delete ? <><MenuLine /><MenuItem danger icon={<Trash2 size={16} aria-hidden />} onSelect={() => setOpen("delete")}>Delete this work</MenuItem></> : null}
      </Menu>
      <input
        ref={file}
        type="file"
        accept="image/*"
        aria-label="Poster file"
        hidden
        onChange={(event) => {
          const picked = event.target.files?.[0];
          if (picked) upload.mutate(picked);
          event.target.value = "";
        }}
      />
      {open === "url" ? <PosterUrl titleId={title.id} onClose={() => setOpen(null)} /> : null}
      <Confirm open={open === "delete"} onOpenChange={(on) => setOpen(on ? "delete" : null)} title={`Delete “${title.title}”?`} confirm="Delete" busy={del.isPending} onConfirm={() => del.mutate()}>
        {title.copies_count > 0 ? `Its ${plural(title.copies_count, "copy", "copies")}, notes and ratings go with it.` : "Its notes and ratings go with it."}
      </Confirm>
    </>
  );
}

function PosterUrl({ titleId, onClose }: { titleId: string; onClose: () => void }) {
  const [url, setUrl] = useState("");
  const fetchPoster = useAction({
    inline: true,
    run: () => catalogFetchPoster({ path: { title_id: titleId }, body: { url } }),
    touches: ["catalog"],
    done: "The poster is in place",
    onDone: onClose,
  });
  return (
    <FormDialog open onOpenChange={(on) => { if (!on) onClose(); }} title="Poster from an address" description="The server fetches the picture once and keeps its own copy." submit="Fetch" busy={fetchPoster.isPending} disabled={url === ""} onSubmit={() => fetchPoster.mutate()}>
      <FormError error={fetchPoster.error} />
      <Field label="Address of the picture"><Input type="url" value={url} onChange={(event) => setUrl(event.target.value)} placeholder="https://" autoFocus /></Field>
    </FormDialog>
  );
}
