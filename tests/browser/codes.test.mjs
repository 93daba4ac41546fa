// Codes for short links, read the way that a phone reads them: from pixels.

import { test } from "node:test";
import assert from "node:assert/strict";
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import jsQR from "jsqr";
import { SITE, base, browser } from "./site.mjs";

const names = readdirSync(join(SITE, "go")).filter((name) => existsSync(join(SITE, "go", name, "code.svg")));

test("each code is the short link that it is for", async () => {
  assert.ok(names.length > 10, `${names.length} codes`);
  const tab = await (await browser()).newPage();
  for (const name of names) {
    const svg = readFileSync(join(SITE, "go", name, "code.svg"), "utf8");
    // As many numbers cost seconds on their way from the browser: a digit for each grey is enough.
    const { greys, side } = await tab.evaluate(async (svg) => {
      const picture = new Image();
      picture.src = `data:image/svg+xml,${encodeURIComponent(svg)}`;
      await picture.decode();
      const side = 240;
      const canvas = new OffscreenCanvas(side, side).getContext("2d");
      canvas.drawImage(picture, 0, 0, side, side);
      const { data } = canvas.getImageData(0, 0, side, side);
      const greys = Array.from({ length: side * side }, (_, at) => (data[at * 4] >> 4).toString(16)).join("");
      return { greys, side };
    }, svg);
    const pixels = [...greys].flatMap((grey) => [...Array(3).fill(parseInt(grey, 16) * 17), 255]);
    const read = jsQR(Uint8ClampedArray.from(pixels), side, side);
    assert.equal(read?.data, `${base}go/${name}/`);
    assert.match(svg, new RegExp(`<title>${base}go/${name}/</title>`));
    assert.ok(existsSync(join(SITE, "go", name, "index.html")), `/go/${name}/ leads on`);
  }
  await tab.close();
});
