// What a page needs of the engine when it is opened from a folder: the same
// `open`, which reads parts of the index by adding scripts to the page.

const waiting = new Map();

const byScript = (address) =>
  new Promise((resolve, reject) => {
    const script = document.createElement("script");
    const name = address.slice(address.lastIndexOf("/") + 1);
    waiting.set(name, (value) => resolve({ ok: true, json: () => value }));
    // After the part has been handed over, this does nothing.
    script.onload = () => {
      script.remove();
      reject(new Error(`${name} cannot be read`));
    };
    script.onerror = () => reject(new Error(`${name} cannot be read`));
    script.src = address.replace(/json$/, "js");
    document.head.append(script);
  });

return {
  open: (base) => open(base, { fetch: byScript }),
  part: (name, value) => waiting.get(name)?.(value),
};
})();
