// The life of a return by four people, with JavaScript.
import { life } from "./return_life.mjs";
import { withServer } from "./support.mjs";

await withServer(["--demonstration"], async (browser, address, workspace, lines) => {
  await life(browser, address, workspace, lines, true);
});
