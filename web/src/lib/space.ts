import { stored } from "./stored";

/** The slug of the space this browser works in; empty means the server chooses the person's only one. */
export const activeSpace = stored<string>("space", "", (value): value is string => value.length < 200);
