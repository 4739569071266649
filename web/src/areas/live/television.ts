import { oneOf, stored } from "@/lib/stored";

/** Whether something was on when this browser last looked: keeps room for it before the answer is there. */
export const hasTelevision = stored<"yes" | "no">("television", "no", oneOf("yes", "no"));
