import { describe, expect, it } from "vitest";
import { deviceName } from "../device-name";

describe("deviceName", () => {
  it("names browser and system", () => {
    expect(deviceName("Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/156.0 Safari/537.36")).toBe("Chrome on Linux");
    expect(deviceName("Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) Version/19.0 Mobile Safari/604.1")).toBe("Safari on iPhone");
    expect(deviceName("Mozilla/5.0 (Windows NT 10.0) Chrome/156.0 Safari/537.36 Edg/156.0")).toBe("Edge on Windows");
    expect(deviceName("curl/8.5")).toBe("curl/8.5");
    expect(deviceName("")).toBe("Unknown device");
  });
});
