import { Bell, BellRing, BookCopy, CircleUser, ClipboardCheck, Copy, Handshake, History, KeyRound, Laptop, LayoutGrid, Library, type LucideIcon, Moon, Plus, ScrollText, Settings, ShieldCheck, Sun, Tv, TvMinimal, TvMinimalPlay, Upload, UserRound, Users, UsersRound, Waypoints } from "lucide-react";
import type { LinkProps } from "@tanstack/react-router";
import type { Permission } from "@/api";
import { theme } from "@/lib/theme";

export interface Command {
  id: string;
  label: string;
  /** Other words that people may type for it. */
  words?: string;
  icon: LucideIcon;
  needs?: Permission;
  to?: LinkProps["to"];
  run?: () => void;
}

/** Pages and actions of the palette. */
export const COMMANDS: readonly Command[] = [
  { id: "works", label: "All works", words: "home titles collection posters", icon: LayoutGrid, to: "/" },
  { id: "add", label: "Add a work", words: "new create title film book", icon: Plus, needs: "catalog.title.create", to: "/titles/new" },
  { id: "import", label: "Import a collection", words: "upload csv letterboxd goodreads bring", icon: Upload, needs: "exchange.import.create", to: "/imports/new" },
  { id: "imports", label: "Imports", words: "progress report undo", icon: Waypoints, needs: "exchange.import.read", to: "/imports" },
  { id: "review", label: "Review queue", words: "match decide", icon: ClipboardCheck, needs: "exchange.review.decide", to: "/review" },
  { id: "duplicates", label: "Duplicates", words: "merge twins", icon: Copy, needs: "catalog.title.merge", to: "/duplicates" },
  { id: "copies", label: "Copies", words: "owned shelf", icon: BookCopy, to: "/copies" },
  { id: "loans", label: "Loans", words: "lent borrowed overdue", icon: Handshake, to: "/loans" },
  { id: "people", label: "People", words: "directors actors authors", icon: CircleUser, to: "/people" },
  { id: "libraries", label: "Libraries", words: "shelves", icon: Library, to: "/libraries" },
  { id: "guide", label: "Guide", words: "television tv channels programme tonight now", icon: Tv, needs: "live.guide.read", to: "/guide" },
  { id: "channels", label: "Channels", words: "television tv stream", icon: TvMinimal, needs: "live.guide.read", to: "/channels" },
  { id: "reminders", label: "Reminders", words: "television tv programme bell", icon: Bell, needs: "live.guide.read", to: "/reminders" },
  { id: "notices", label: "Notices", words: "bell news unread told", icon: BellRing, to: "/notices" },
  { id: "watched", label: "Watched", words: "history played television playing", icon: History, needs: "live.guide.read", to: "/watched" },
  { id: "players", label: "Players", words: "kodi vlc m3u playlist xmltv hdhomerun plex jellyfin iptv", icon: TvMinimalPlay, needs: "live.guide.read", to: "/players" },
  { id: "members", label: "Members", words: "invite users roles", icon: Users, needs: "spaces.member.read", to: "/members" },
  { id: "activity", label: "Activity", words: "history log who", icon: Waypoints, needs: "audit.activity.read", to: "/activity" },
  { id: "audit", label: "Audit", words: "log trail refused csv", icon: ScrollText, needs: "audit.entry.read", to: "/audit" },
  { id: "account", label: "Your account", words: "profile settings name language e-mail", icon: UserRound, to: "/account" },
  { id: "security", label: "Sign-in and security", words: "password passkey second factor totp", icon: ShieldCheck, to: "/account/security" },
  { id: "devices", label: "Your devices", words: "sessions sign out", icon: Laptop, to: "/account/devices" },
  { id: "keys", label: "API keys", words: "token program", icon: KeyRound, to: "/account/keys" },
  { id: "profiles", label: "Change profile", words: "who kids child household pin", icon: UsersRound, to: "/profiles" },
  { id: "device", label: "Connect a device", words: "television tv code app", icon: Tv, to: "/device" },
  { id: "space", label: "Space settings", words: "name domain quota", icon: Settings, to: "/space" },
  { id: "keeping", label: "How long things are kept", words: "keeping retention journal guide programmes days delete", icon: History, needs: "audit.retention.edit", to: "/space/keeping" },
  { id: "light", label: "Light theme", words: "look day appearance", icon: Sun, run: () => theme.set("light") },
  { id: "dark", label: "Dark theme", words: "look night appearance", icon: Moon, run: () => theme.set("dark") },
];

/** Every word typed begins a word of the command. */
export function matches(command: Command, typed: string): boolean {
  const words = `${command.label} ${command.words ?? ""}`.toLowerCase().split(/\s+/);
  return typed.toLowerCase().trim().split(/\s+/).every((part) => words.some((word) => word.startsWith(part)));
}
