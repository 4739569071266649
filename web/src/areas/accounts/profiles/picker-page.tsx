import { useQuery } from "@tanstack/react-query";
import { Lock, Pencil, Plus } from "lucide-react";
import { useState } from "react";
import type { ProfileRead } from "@/api";
import { useSession } from "@/lib/session";
import { Button } from "@/ui/button";
import { cn } from "@/ui/cn";
import { ApiError, messageOf } from "@/lib/errors";
import { notifyError } from "@/lib/notices";
import { Portrait } from "@/ui/portrait";
import { ErrorNote, Skeleton } from "@/ui/states";
import { profilesOptions } from "./data";
import { PinDialog } from "./pin-dialog";
import { ProfileDialog } from "./profile-dialog";
import { useEnter } from "./enter";

const MOST = 5;

interface Asked {
  profile: ProfileRead | null;
  accepts: readonly string[];
}

/** What the server takes as proof, out of its refusal. */
function acceptedBy({ details }: ApiError): readonly string[] {
  const named = typeof details === "object" && details !== null && "accepts" in details ? details.accepts : null;
  return Array.isArray(named) ? named.map(String) : ["pin", "password"];
}

/** Who sits in front of the screen? One account of a household, several people. */
export function PickerPage() {
  const { profile: active, user } = useSession();
  const profiles = useQuery(profilesOptions);
  const [isEditing, setEditing] = useState(false);
  const [open, setOpen] = useState<ProfileRead | "new" | null>(null);
  const [asked, setAsked] = useState<Asked | null>(null);
  const enter = useEnter();
  const isLimited = active?.is_limited ?? false;
  // The server knows what the way costs: out of a child's profile it may be the PIN of an adult.
  const go = (profile: ProfileRead | null): void => enter.mutate({ profile }, {
    onError: (error) => {
      if (error instanceof ApiError && error.code === "pin_needed") setAsked({ profile, accepts: acceptedBy(error) });
      else notifyError(messageOf(error));
    },
  });
  return (
    <div className="flex min-h-dvh flex-col items-center justify-center gap-10 px-4 py-10">
      <title>Profiles · Mediatheque</title>
      <main className="flex w-full max-w-4xl flex-col items-center gap-10">
        <h1 className="font-serif text-3xl font-semibold tracking-tight">{isEditing ? "Manage profiles" : "Who is here?"}</h1>
        {profiles.isError ? <ErrorNote error={profiles.error} onRetry={() => void profiles.refetch()} /> : null}
        <ul className="flex flex-wrap justify-center gap-6 sm:gap-8">
          {profiles.isPending ? [0, 1, 2].map((index) => <li key={index} role="status" aria-label="Loading"><Skeleton className="size-28 sm:size-32" /></li>) : null}
          {profiles.data?.map((profile) => (
            <li key={profile.id}>
              <button type="button" onClick={() => (isEditing ? setOpen(profile) : go(profile))} className="group flex w-28 flex-col items-center gap-3 rounded-lg sm:w-32" aria-current={profile.id === active?.id ? "true" : undefined}>
                <span className={cn("relative rounded-lg border-4 border-transparent transition-colors duration-150 group-hover:border-accent", profile.id === active?.id && "border-accent")}>
                  <Portrait name={profile.avatar} size={116} />
                  {isEditing ? <span className="absolute inset-0 grid place-items-center rounded-lg bg-scrim text-white"><Pencil size={28} aria-hidden /></span> : null}
                </span>
                <span className="flex max-w-full items-center gap-1.5 text-base font-medium">
                  <span className="truncate"><span className="sr-only">{isEditing ? "Change " : ""}</span>{profile.name}</span>
                  {profile.has_pin ? <Lock size={14} className="shrink-0 text-quiet" aria-label="with a PIN" /> : null}
                </span>
                {profile.is_kids ? <span className="-mt-2 text-xs text-quiet">Child</span> : null}
              </button>
            </li>
          ))}
          {profiles.data && profiles.data.length < MOST && !isLimited ? (
            <li>
              <button type="button" onClick={() => setOpen("new")} className="group flex w-28 flex-col items-center gap-3 rounded-lg sm:w-32">
                <span className="grid size-31 place-items-center rounded-lg border-2 border-dashed border-line-strong text-quiet transition-colors group-hover:border-accent group-hover:text-accent"><Plus size={36} aria-hidden /></span>
                <span className="text-base font-medium">Add</span>
              </button>
            </li>
          ) : null}
        </ul>
        <div className="flex flex-wrap justify-center gap-2">
          {isLimited || !profiles.data?.length ? null : <Button onClick={() => setEditing(!isEditing)}>{isEditing ? "Done" : "Manage profiles"}</Button>}
          {isEditing ? null : <Button look="quiet" onClick={() => go(null)}>{active ? `Leave ${active.name}, go on as ${user.name}` : `Go on as ${user.name}`}</Button>}
        </div>
      </main>
      {open ? <ProfileDialog profile={open === "new" ? null : open} onClose={() => setOpen(null)} /> : null}
      {asked ? <PinDialog {...asked} onClose={() => setAsked(null)} /> : null}
    </div>
  );
}
