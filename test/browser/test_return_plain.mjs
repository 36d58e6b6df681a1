// The life of a return by four people, without JavaScript, under the policy of the pages.
import { life } from "./return_life.mjs";
import { withServer } from "./support.mjs";

await withServer(["--demonstration"], async (browser, address, workspace, lines) => {
  await life(browser, address, workspace, lines, false);
});
