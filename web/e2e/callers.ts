import { type APIRequestContext, type APIResponse, expect, request } from "@playwright/test";
import { totp } from "./factors";
import { OWNER } from "./house";

export interface Person {
  name: string;
  email: string;
  password: string;
}

/** Somebody who speaks to the house without a browser, to prepare what a test looks at. */
export class Caller {
  readonly #wire: APIRequestContext;
  #headers: Record<string, string> = {};

  private constructor(wire: APIRequestContext) {
    this.#wire = wire;
  }

  static async stranger(baseURL: string): Promise<Caller> {
    return new Caller(await request.newContext({ baseURL: baseURL.replace("localhost", "127.0.0.1"), storageState: { cookies: [], origins: [] } }));
  }

  static async as(baseURL: string, who: { email: string; password: string }): Promise<Caller> {
    const caller = await Caller.stranger(baseURL);
    const session = await caller.post<{ csrf_token: string; spaces: { slug: string }[] }>("/auth/login", { email: who.email, password: who.password });
    caller.#headers = { "X-CSRF-Token": session.csrf_token, "X-Space": session.spaces[0]?.slug ?? "" };
    return caller;
  }

  /** Through the second door, into the administration of the house. */
  static async atDesk(baseURL: string, who: { email: string; password: string }): Promise<Caller> {
    const caller = await Caller.stranger(baseURL);
    const { csrf_token: csrf } = await caller.post<{ csrf_token: string }>("/admin/auth/login", { email: who.email, password: who.password });
    caller.#headers = { "X-CSRF-Token": csrf };
    return caller;
  }

  async get<T>(path: string): Promise<T> {
    return this.#read(path, await this.#wire.get(`/api/v1${path}`, { headers: this.#headers }));
  }

  async post<T>(path: string, data: object = {}): Promise<T> {
    return this.#read(path, await this.#wire.post(`/api/v1${path}`, { data, headers: this.#headers }));
  }

  async put<T>(path: string, data: object): Promise<T> {
    return this.#read(path, await this.#wire.put(`/api/v1${path}`, { data, headers: this.#headers }));
  }

  async patch<T>(path: string, data: object): Promise<T> {
    return this.#read(path, await this.#wire.patch(`/api/v1${path}`, { data, headers: this.#headers }));
  }

  /** A form as RFC 6749 and RFC 8628 have it; the status tells as much as the body. */
  async form(path: string, form: Record<string, string>): Promise<APIResponse> {
    return this.#wire.post(`/api/v1${path}`, { form });
  }

  async #read<T>(path: string, answer: APIResponse): Promise<T> {
    expect(answer.ok(), `${path} answered ${answer.status()}: ${answer.ok() ? "" : await answer.text()}`).toBe(true);
    const text = await answer.text();
    return (text === "" ? undefined : JSON.parse(text)) as T;
  }
}

/** Somebody new in the demonstration's space, who came by an invitation. */
export async function newcomer(baseURL: string, name: string, role = "member"): Promise<Person> {
  const owner = await Caller.as(baseURL, OWNER);
  const { token } = await owner.post<{ token: string }>("/invitations", { role });
  const person = { name, email: `${name.toLowerCase().replaceAll(/[^a-z]+/g, ".")}.${Date.now()}@demo.example`, password: "the reel turns at night" };
  await (await Caller.stranger(baseURL)).post("/invitations/claim", { token, ...person });
  return person;
}

/** Gives somebody an authenticator app; answers its secret. The code of this half minute is used up by it. */
export async function enrolTotp(baseURL: string, who: Person): Promise<string> {
  const caller = await Caller.as(baseURL, who);
  const { secret } = await caller.post<{ secret: string }>("/account/second-factor/totp", { password: who.password });
  await caller.post("/account/second-factor/totp/confirm", { code: totp(secret) });
  return secret;
}
