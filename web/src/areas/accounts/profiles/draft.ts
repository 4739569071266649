import type { ProfileCreate, ProfileRead } from "@/api";

export type Avatar = NonNullable<ProfileCreate["avatar"]>;

export interface ProfileDraft {
  name: string;
  avatar: Avatar;
  is_kids: boolean;
  /** Empty: no limit. */
  limit: string;
  shows_unknown: boolean;
  languages: string[];
  genres: string[];
}

export function draftOf(profile: ProfileRead | null, avatar: Avatar): ProfileDraft {
  return {
    name: profile?.name ?? "",
    avatar: (profile?.avatar as Avatar | undefined) ?? avatar,
    is_kids: profile?.is_kids ?? false,
    limit: profile?.maturity_limit == null ? "" : String(profile.maturity_limit),
    shows_unknown: profile?.shows_unknown ?? true,
    languages: profile?.languages ?? [],
    genres: profile?.genres ?? [],
  };
}

/** A child's profile always has a limit: switching it on chooses one, and shuts out what nobody knows the age of. */
export function withKids(draft: ProfileDraft, isKids: boolean): ProfileDraft {
  if (!isKids) return { ...draft, is_kids: false };
  return { ...draft, is_kids: true, limit: draft.limit === "" || Number(draft.limit) > 12 ? "6" : draft.limit, shows_unknown: false };
}

export function bodyOf(draft: ProfileDraft) {
  return {
    name: draft.name.trim(),
    avatar: draft.avatar,
    is_kids: draft.is_kids,
    maturity_limit: draft.limit === "" ? null : Number(draft.limit) as 0 | 6 | 12 | 16 | 18,
    shows_unknown: draft.shows_unknown,
    languages: draft.languages,
    genres: draft.genres,
  };
}
