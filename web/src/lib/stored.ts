import { useSyncExternalStore } from "react";

const listeners = new Map<string, Set<() => void>>();

function read(key: string): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null; // storage is switched off
  }
}

function write(key: string, value: string): void {
  try {
    localStorage.setItem(key, value);
  } catch {
    // The choice then lasts as long as the page.
  }
  listeners.get(key)?.forEach((listener) => listener());
}

export interface Stored<T extends string> {
  get: () => T;
  set: (value: T) => void;
  use: () => T;
}

/** A choice of the person kept in this browser, shared by all components that read it. */
export function stored<T extends string>(name: string, initial: T, isValid: (value: string) => value is T): Stored<T> {
  const key = `mediatheque:${name}`;
  let memory: T | null = null;
  const get = (): T => {
    const value = read(key);
    if (value !== null && isValid(value)) return value;
    return memory ?? initial;
  };
  const set = (value: T): void => {
    memory = value;
    write(key, value);
  };
  const subscribe = (listener: () => void): (() => void) => {
    const set = listeners.get(key) ?? new Set();
    listeners.set(key, set.add(listener));
    const onStorage = (event: StorageEvent): void => { if (event.key === key) listener(); };
    addEventListener("storage", onStorage);
    return () => {
      set.delete(listener);
      removeEventListener("storage", onStorage);
    };
  };
  return { get, set, use: () => useSyncExternalStore(subscribe, get) };
}

export function oneOf<T extends string>(...values: readonly T[]): (value: string) => value is T {
  return (value): value is T => (values as readonly string[]).includes(value);
}
