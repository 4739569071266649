import type { ReactNode } from "react";
import type { Motif, Palette } from "./design";

interface Sheet {
  /** Width and height of the drawing in its own units; 200 wide. */
  w: number;
  h: number;
  p: Palette;
  next: () => number;
}

const range = (count: number): number[] => Array.from({ length: count }, (_, index) => index);

function beam({ w, h, p, next }: Sheet): ReactNode {
  const x = w * (0.4 + next() * 0.2);
  const y = h * (0.2 + next() * 0.08);
  return (
    <>
      <path d={`M${x} ${y} ${w * 1.02} ${h} ${w * -0.02} ${h}z`} fill={p.form} />
      <path d={`M${x} ${y} ${x + w * 0.14} ${h} ${x - w * 0.14} ${h}z`} fill={p.light} opacity={0.22} />
      <circle cx={x} cy={y} r={w * 0.13} fill={p.light} />
    </>
  );
}

function bars({ w, h, p, next }: Sheet): ReactNode {
  const count = 9;
  const step = w / count;
  return range(count).map((n) => {
    const height = h * (0.28 + next() * 0.55);
    return <rect key={n} x={n * step + step * 0.1} y={h - height} width={step * 0.8} height={height} fill={n % 3 === 0 ? p.second : n % 3 === 1 ? p.form : p.light} opacity={n % 3 === 2 ? 0.85 : 1} />;
  });
}

function rings({ w, h, p, next }: Sheet): ReactNode {
  const x = w * (0.42 + next() * 0.16);
  const y = h * (0.4 + next() * 0.12);
  return (
    <>
      {range(6).map((n) => <circle key={n} cx={x} cy={y} r={w * (0.72 - n * 0.105)} fill="none" stroke={n % 2 === 0 ? p.second : p.form} strokeWidth={w * 0.045} />)}
      <circle cx={x} cy={y} r={w * 0.09} fill={p.light} />
    </>
  );
}

function horizon({ w, h, p, next }: Sheet): ReactNode {
  const line = h * (0.66 + next() * 0.08);
  const r = w * (0.28 + next() * 0.1);
  const x = w * (0.3 + next() * 0.5);
  return (
    <>
      <circle cx={x} cy={line - r * (0.5 + next() * 0.9)} r={r} fill={p.light} />
      <rect y={line} width={w} height={h - line} fill={p.deep} />
      {range(4).map((n) => <rect key={n} x={x - r * (0.9 - n * 0.2)} y={line + h * (0.03 + n * 0.055)} width={r * (1.8 - n * 0.4)} height={h * 0.012} fill={p.form} opacity={0.8 - n * 0.15} />)}
    </>
  );
}

function arch({ w, h, p }: Sheet): ReactNode {
  const fills = [p.second, p.deep, p.form, p.ground, p.light];
  return fills.map((fill, n) => {
    const half = w * (0.46 - n * 0.085);
    const top = h * 0.14 + n * w * 0.1;
    return <path key={n} d={`M${w / 2 - half} ${h}V${top + half}a${half} ${half} 0 0 1 ${half * 2} 0V${h}z`} fill={fill} />;
  });
}

function stairs({ w, h, p, next }: Sheet): ReactNode {
  const count = 6;
  const flip = next() > 0.5;
  return (
    <>
      <circle cx={flip ? w * 0.28 : w * 0.72} cy={h * 0.2} r={w * 0.12} fill={p.light} />
      {range(count).map((n) => {
        const height = h * (0.2 + n * 0.095);
        return <rect key={n} x={(flip ? n : count - 1 - n) * (w / count)} y={h - height} width={w / count + 0.5} height={height} fill={n % 2 === 0 ? p.form : p.second} />;
      })}
    </>
  );
}

function waves({ w, h, p, next }: Sheet): ReactNode {
  const fills = [p.light, p.form, p.second, p.deep];
  const swing = h * (0.04 + next() * 0.04);
  return fills.map((fill, n) => {
    const y = h * (0.3 + n * 0.15);
    const s = n % 2 === 0 ? swing : -swing;
    return <path key={n} d={`M0 ${y}C${w * 0.25} ${y - s * 2} ${w * 0.35} ${y + s * 2} ${w * 0.55} ${y}S${w * 0.85} ${y - s * 2} ${w} ${y}V${h}H0z`} fill={fill} />;
  });
}

function pixels({ w, h, p, next }: Sheet): ReactNode {
  const size = w / 10;
  const rows = Math.floor((h * 0.72) / size);
  return range(rows * 5).map((n) => {
    const row = Math.floor(n / 5);
    const column = n % 5;
    const value = next();
    if (value < 0.45) return null;
    const fill = value > 0.92 ? p.light : value > 0.7 ? p.form : p.second;
    // Mirrored, as the sprites of early games were.
    return [column, 9 - column].map((x) => <rect key={`${n}-${x}`} x={x * size} y={row * size + size * 0.6} width={size + 0.4} height={size + 0.4} fill={fill} />);
  });
}

function rays({ w, h, p, next }: Sheet): ReactNode {
  const x = w * (0.2 + next() * 0.6);
  const y = h * (0.26 + next() * 0.12);
  const far = Math.hypot(w, h);
  const count = 18;
  const point = (angle: number): string => `${x + Math.cos(angle) * far} ${y + Math.sin(angle) * far}`;
  const step = (Math.PI * 2) / count;
  return (
    <>
      {range(count).filter((n) => n % 2 === 0).map((n) => <path key={n} d={`M${x} ${y} ${point(n * step)} ${point((n + 1) * step)}z`} fill={n % 4 === 0 ? p.second : p.deep} />)}
      <circle cx={x} cy={y} r={w * 0.19} fill={p.form} />
      <circle cx={x} cy={y} r={w * 0.1} fill={p.light} />
    </>
  );
}

function tiles({ w, h, p, next }: Sheet): ReactNode {
  const size = w / 3;
  const rows = Math.ceil(h / size);
  const fills = [p.form, p.second, p.deep, p.light];
  return range(rows * 3).map((n) => {
    const x = (n % 3) * size;
    const y = Math.floor(n / 3) * size;
    const corner = Math.floor(next() * 4);
    const fill = fills[Math.floor(next() * 3.3)];
    const cx = corner % 2 === 0 ? x : x + size;
    const cy = corner < 2 ? y : y + size;
    const [ex, ey] = [corner % 2 === 0 ? x + size : x, corner < 2 ? y + size : y];
    const sweep = corner === 0 || corner === 3 ? 1 : 0;
    return <path key={n} d={`M${cx} ${cy}H${ex}A${size} ${size} 0 0 ${sweep} ${cx} ${ey}z`} fill={fill} />;
  });
}

function spines({ w, h, p, next }: Sheet): ReactNode {
  const fills = [p.form, p.second, p.deep, p.light, p.second];
  let x = w * 0.05;
  return range(9).map((n) => {
    const width = Math.min(w * (0.07 + next() * 0.08), w * 0.95 - x);
    if (width < w * 0.03) return null;
    const height = h * (0.42 + next() * 0.4);
    const left = x;
    x += width + w * 0.012;
    return (
      <g key={n}>
        <rect x={left} y={h - height} width={width} height={height} fill={fills[n % fills.length]} />
        <rect x={left} y={h - height + h * 0.05} width={width} height={h * 0.012} fill={p.ground} opacity={0.5} />
      </g>
    );
  });
}

function dots({ w, h, p, next }: Sheet): ReactNode {
  const columns = 9;
  const size = w / columns;
  const rows = Math.ceil(h / size);
  const tilt = 0.6 + next() * 0.5;
  return range(rows * columns).map((n) => {
    const column = n % columns;
    const row = Math.floor(n / columns);
    const strength = Math.max(0, 1 - (row / rows) * tilt - (column / columns) * 0.25);
    return <circle key={n} cx={(column + 0.5) * size} cy={(row + 0.5) * size} r={size * 0.56 * strength} fill={(row + column) % 5 === 0 ? p.light : p.form} />;
  });
}

const DRAW: Record<Motif, (sheet: Sheet) => ReactNode> = {
  beam, bars, rings, horizon, arch, stairs, waves, pixels, rays, tiles, spines, dots,
};

export function drawMotif(motif: Motif, sheet: Sheet): ReactNode {
  return DRAW[motif](sheet);
}
