import { useQueryClient } from "@tanstack/react-query";
import { Link, useRouter } from "@tanstack/react-router";
import { LogOut, Settings, Tv, UsersRound } from "lucide-react";
import { accountsSignOut } from "@/api";
import { useAction } from "@/lib/queries";
import { sessionOptions, useSession } from "@/lib/session";
import { theme, type Theme } from "@/lib/theme";
import { Avatar } from "@/ui/avatar";
import { Menu, MenuItem, MenuLabel, MenuLine, MenuLink, MenuRadio } from "@/ui/menu";

const THEMES: readonly { value: Theme; label: string }[] = [
  { value: "system", label: "As the system" },
  { value: "light", label: "Light" },
  { value: "dark", label: "Dark" },
];

export function PersonMenu() {
  const { user, profile } = useSession();
  const choice = theme.use();
  const client = useQueryClient();
  const router = useRouter();
  const signOut = useAction({
    run: () => accountsSignOut(),
    touches: [],
    onDone: () => {
      client.clear();
      client.setQueryData(sessionOptions.queryKey, null);
      void router.navigate({ to: "/sign-in", search: {} });
    },
  });
  return (
    <Menu trigger={<button type="button" aria-label={`Menu of ${profile?.name ?? user.name}`} className="shrink-0 rounded-full"><Avatar name={profile?.name ?? user.name} /></button>}>
      <div className="px-2.5 py-2">
        <p className="font-medium">{profile?.name ?? user.name}</p>
        <p className="text-xs text-quiet">{profile ? `Profile of ${user.name}` : user.email}</p>
      </div>
      <MenuLine />
      <MenuLink><Link to="/profiles"><UsersRound size={16} className="text-quiet" aria-hidden />Change profile</Link></MenuLink>
      {profile?.is_limited ? null : <MenuLink><Link to="/device" search={{}}><Tv size={16} className="text-quiet" aria-hidden />Connect a device</Link></MenuLink>}
      {profile?.is_limited ? null : <MenuLink><Link to="/account"><Settings size={16} className="text-quiet" aria-hidden />Your account</Link></MenuLink>}
      <MenuLine />
      <MenuLabel>Look</MenuLabel>
      <MenuRadio value={choice} onValue={theme.set} options={THEMES} />
      <MenuLine />
      <MenuItem icon={<LogOut size={16} aria-hidden />} onSelect={() => signOut.mutate()}>Sign out</MenuItem>
    </Menu>
  );
}
