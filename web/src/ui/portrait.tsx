/** The picture of a profile, out of the gallery that the server draws. */
export function Portrait({ name, size }: { name: string; size: number }) {
  return <img src={`/api/v1/profiles/avatars/${encodeURIComponent(name)}.svg`} alt="" width={size} height={size} className="shrink-0 rounded-lg bg-sunken" />;
}
