import { Link, type LinkProps } from "@tanstack/react-router";

export interface Place {
  to: LinkProps["to"];
  label: string;
}

/** The parts of one place, side by side; on a phone the row scrolls. */
export function Subnav({ label, places }: { label: string; places: readonly Place[] }) {
  return (
    <nav aria-label={label} className="-mx-4 overflow-x-auto border-b border-line px-4 sm:mx-0 sm:px-0">
      <ul className="flex w-max gap-1">
        {places.map((place) => (
          <li key={place.to}>
            <Link
              to={place.to}
              activeOptions={{ exact: true, includeSearch: false }}
              className="inline-flex h-10 items-center border-b-2 border-transparent px-3 font-medium whitespace-nowrap text-quiet transition-colors duration-100 -outline-offset-2 hover:text-ink data-[status=active]:border-accent data-[status=active]:text-ink"
            >
              {place.label}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
