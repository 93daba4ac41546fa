// The search engine of Plainsite, for browsers and Node.
//
//   import { open } from "/search/search.js";
//   const site = await open("https://example.org/search/");
//   const { results, total, corrected } = await site.search("gym", { limit: 10 });
//
// A result is { url, title, excerpt, section, kind, score }. `url` is that of
// the page; `section` is { id, heading } when a part of the page answers, so
// that a link may go to `url + "#" + section.id`, and null otherwise. In
// `excerpt`, words that were looked for stand between \u0001 and \u0002.
// `corrected` is the query as it was understood, or null when that is how it
// was typed. `total` counts the pages that answer about as well as the best.
//
// Options: `limit`; `language`, which halves the score of pages in others; and
// `filters`, such as { kind: ["letter"], stage: ["manage", "set up"] }.
//
// Any text is a query. A promise is rejected only when a part of the index
// cannot be read. Parts are kept, so asking for three results and then for ten
// costs no more than asking for ten.
//
// The format is stated in src/index/mod.rs, and src/index/answer.rs ranks in
// the same way. The builder takes out comments and indentation, so each
// comment has lines of its own and no text goes over a line.

const LEVELS = 32;
const LONGEST = 40;

// What a word adds, in quarters, when it is the one that was typed, one that
// begins with an unknown one, one that begins with a known one, and the
// nearest to a slip.
const EXACT = 4, BEGUN = 3, LONGER = 1, NEAREST = 3;

// How much it matters that a page has all the words.
const COVERED = 4;

// The words of a text, as [word, joined] pairs, as in src/index/words.rs.
function words(text) {
  const folded = text
    .replace(/(\d),(?=\d{3}(?!\d))/g, "$1")
    .replace(/['`’‘ʼ´′]/g, "")
    .normalize("NFKD")
    .toLowerCase()
    .replace(/\p{M}/gu, "")
    .replace(/ς/g, "σ");
  const parts = [...folded.matchAll(/[\p{Alphabetic}\p{N}]+/gu)].map((m) => ({
    word: m[0],
    start: m.index,
    end: m.index + m[0].length,
  }));
  const list = [];
  const add = (word, joined) => list.push([[...word].slice(0, LONGEST).join(""), joined]);
  const join = (from, to) => parts.slice(from, to + 1).map((part) => part.word).join("");
  let hyphens = 0, digits = 0;
  parts.forEach((part, at) => {
    const before = parts[at - 1], next = parts[at + 1];
    const gap = next && folded.slice(part.end, next.start);
    add(part.word, false);
    if (!next || !/^[-\u2010]$/.test(gap)) {
      if (at > hyphens && at < hyphens + 4) add(join(hyphens, at), true);
      hyphens = at + 1;
    }
    if (!/^\d+$/.test(part.word)) {
      digits = at + 1;
    } else if (!next || !/^[- ()]{0,2}$/.test(gap) || !/^\d+$/.test(next.word)) {
      const number = join(digits, at);
      if (/^(0|44).{7,}$/.test(number) && /^.{9,15}$/.test(number)) {
        add(number.replace(/^(00)?440*/, "0"), true);
      }
      digits = at + 1;
    }
    if (
      before && part.start - before.end === 1 && /^[a-z]{1,2}\d[a-z\d]?$/.test(before.word) &&
      /^\d[a-z]{2}$/.test(part.word)
    ) {
      add(join(at - 1, at), true);
    }
  });
  return list;
}

// The numbers in a text of an index part.
function numbers(text) {
  const list = [];
  let soFar = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    const digit = code - 32 - (code > 34) - (code > 92);
    if (digit < 64) {
      list.push(soFar * 64 + digit);
      soFar = 0;
    } else {
      soFar = soFar * 29 + digit - 64;
    }
  }
  return list;
}

// Which range a word is in.
function locate(starts, word) {
  let at = starts.length - 1;
  while (at > 0 && starts[at] > word) at--;
  return at;
}

// How many slips turn one word into the other, if that is at most `most`.
function slips(typed, word, most) {
  if (Math.abs(typed.length - word.length) > most) return most + 1;
  let last, row = [...Array(word.length + 1).keys()];
  for (let i = 1; i <= typed.length; i++) {
    const next = [i];
    for (let j = 1; j <= word.length; j++) {
      const same = typed[i - 1] === word[j - 1];
      next[j] = Math.min(row[j] + 1, next[j - 1] + 1, row[j - 1] + !same);
      if (i > 1 && j > 1 && typed[i - 1] === word[j - 2] && typed[i - 2] === word[j - 1]) {
        next[j] = Math.min(next[j], last[j - 2] + 1);
      }
    }
    if (Math.min(...next) > most) return most + 1;
    [last, row] = [row, next];
  }
  return row[word.length];
}

// The word that was meant, from a `spelling` part: the nearest one that begins
// with `letter`, or else the one that has the longest beginning in common.
function nearest(typed, letter, [list, uses]) {
  const most = typed.length < 8 ? 1 : 2;
  const counts = numbers(uses);
  let best = null, least = most + 1, longest = Math.max(5, typed.length - 4);
  let use = -1, other = null, otherUse = -1;
  list.split(" ").forEach((word, at) => {
    if (!word.startsWith(letter)) return;
    const found = slips(typed, word, most);
    if (found < least || (found === least && found <= most && counts[at] > use)) {
      [best, least, use] = [word, found, counts[at]];
    }
    let same = 0;
    while (same < typed.length && typed[same] === word[same]) same++;
    if (same > longest || (same === longest && counts[at] > otherUse)) {
      [other, longest, otherUse] = [word, same, counts[at]];
    }
  });
  return best || other;
}

export async function open(baseUrl, { fetch = globalThis.fetch } = {}) {
  const base = new URL(baseUrl, globalThis.location?.href);
  const read = async (name, options) => {
    const response = await fetch(new URL(name, base).href, options);
    if (!response.ok) throw new Error(`${name}: ${response.status}`);
    return response.json();
  };

  // One build of the index: a function that answers from it and no other.
  const load = async (options) => {
    const index = await read("index.json", options);
    if (index.format !== 1) throw new Error("index.json: unknown format");
    const parts = new Map();

    // A part of the index, fetched once.
    const part = (name) => {
      if (!parts.has(name)) {
        const loading = read(`${name}.${index.hash}.json`);
        parts.set(name, loading);
        loading.catch(() => parts.delete(name));
      }
      return parts.get(name);
    };

    // The families in a `words` part for which `wanted` holds of a word.
    const families = async (number, wanted) => {
      if (!index.words.length) return [];
      const found = [];
      for (const [forms, coded] of Object.entries(await part(`words-${number}`))) {
        const list = forms.split(" ");
        if (list.some(wanted)) found.push({ forms: list, coded: numbers(coded) });
      }
      return found;
    };

    // What a word of the query stands for: families, each with its factor.
    const term = async (word, joined, isLast) => {
      const at = locate(index.words, word);
      const known = await families(at, (form) => form === word);
      const matches = known.map((family) => ({ ...family, factor: EXACT }));
      if (isLast && word.length > 2 - !known.length) {
        for (let next = at; next < at + 3; next++) {
          if (next > at && (known.length || !index.words[next]?.startsWith(word))) break;
          const longer = await families(next, (form) => form.startsWith(word));
          for (const family of longer) {
            if (family.forms.includes(word)) continue;
            if (next > at && matches.some((match) => match.forms[0] === family.forms[0])) continue;
            matches.push({ ...family, factor: known.length ? LONGER : BEGUN });
          }
        }
      }
      let meant = word;
      if (!matches.length && !joined && word.length > 3 && !/\p{N}/u.test(word)) {
        for (const letter of [...word].slice(0, 2)) {
          if (!index.spelling.length) break;
          const found = nearest(word, letter, await part(`spelling-${locate(index.spelling, letter)}`));
          if (!found) continue;
          meant = found;
          const right = await families(locate(index.words, found), (form) => form === found);
          matches.push(...right.map((family) => ({ ...family, factor: NEAREST })));
          break;
        }
      }
      const rarity = known.length ? known[0].coded[0] : Math.min(...matches.map((m) => m.coded[0]));
      return { word, meant, matches, rarity };
    };

    // Page numbers and scores, the best first.
    const rank = (terms, labels, language, filters) => {
      const scores = new Float64Array(index.pages), covered = new Float64Array(index.pages);
      for (const { matches, rarity } of terms) {
        const best = new Uint16Array(index.pages);
        for (const { coded, factor } of matches) {
          let page = -1;
          for (let at = 1; at < coded.length; at++) {
            page += Math.floor(coded[at] / LEVELS) + 1;
            const impact = (LEVELS - 1 - coded[at] % LEVELS) * factor;
            if (impact > best[page]) best[page] = impact;
          }
        }
        for (let page = 0; page < index.pages; page++) {
          if (best[page]) {
            scores[page] += best[page] * rarity;
            covered[page] += rarity;
          }
        }
      }
      const allowed = [];
      for (const [label, values] of Object.entries(filters)) {
        if (values?.length && labels[label]) {
          const [names, of] = labels[label];
          const wanted = [].concat(values).map((value) => names.indexOf(value));
          allowed.push([numbers(of), new Set(wanted)]);
        }
      }
      // The more words are asked for, the less it matters that one is missing.
      const total = terms.reduce((sum, term) => sum + term.rarity, 0);
      const others = total ** 2 * (terms.length - 1);
      const own = language ? labels.language[0].indexOf(language) : -1;
      const languages = language ? numbers(labels.language[1]) : [];
      const found = [];
      let best = 0;
      for (let page = 0; page < index.pages; page++) {
        if (!scores[page] || !allowed.every(([of, wanted]) => wanted.has(of[page]))) continue;
        let score = scores[page] * (COVERED * covered[page] ** 2 + others);
        if (own >= 0 && languages[page] !== own) score = Math.floor(score / 2);
        best = Math.max(best, score);
        found.push([page, score]);
      }
      return found.filter(([, score]) => score * 4 >= best).sort((a, b) => b[1] - a[1] || a[0] - b[0]);
    };

    // What is looked for in texts: the words of a text, each with its place and
    // the number of its term, and how much they are worth, each term once.
    const looking = (terms) => {
      const forms = new Map(), known = new Map();
      terms.forEach((term, number) => {
        for (const match of term.matches) {
          for (const form of match.forms) if (!forms.has(form)) forms.set(form, number);
        }
      });
      const termOf = (word) => {
        if (!known.has(word)) {
          const small = word.toLowerCase();
          const list = /^[a-z]{1,40}$/.test(small) ? [[small]] : words(word);
          const hit = list.find(([form]) => forms.has(form));
          known.set(word, hit ? forms.get(hit[0]) : -1);
        }
        return known.get(word);
      };
      const look = (text) => {
        const list = [];
        text.replace(/[\p{Alphabetic}\p{M}\p{N}'’-]+/gu, (word, start) => {
          list.push({ start, end: start + word.length, term: termOf(word) });
        });
        return list;
      };
      const worth = (list) => {
        const seen = new Set();
        for (const { term } of list) if (term >= 0) seen.add(term);
        let sum = 0;
        for (const term of seen) sum += terms[term].rarity;
        return sum;
      };
      return { look, worth };
    };

    // A result: the part of the page that has most of the words.
    const show = ([url, title, description, kind, , , sections], score, { look, worth }) => {
      let best = -1, chosen = ["", "", ""], found = [];
      sections.forEach((section, at) => {
        const heading = look(at || section[0] ? section[1] : title), text = look(section[2]);
        const value = worth(heading) + worth([...heading, ...text]);
        if (value > best) [best, chosen, found] = [value, section, text];
      });
      const [id, heading] = chosen;
      let text = chosen[2];
      if (!id && !worth(found) && description) [text, found] = [description, look(description)];
      return {
        url: new URL(".." + url, base).href,
        title,
        excerpt: excerpt(text, found, worth),
        section: id ? { id, heading } : null,
        kind,
        score,
      };
    };

    // About thirty words around those that were looked for.
    const excerpt = (text, found, worth) => {
      let from = 0, best = 0;
      found.forEach((word, at) => {
        if (word.term < 0) return;
        const value = worth(found.slice(at, at + 24));
        if (value > best) [best, from] = [value, at];
      });
      from = from < 10 ? 0 : from - 6;
      const to = Math.min(found.length, from + 32);
      let shown = from ? "… " : "", at = from ? found[from].start : 0;
      for (const { start, end, term } of found.slice(from, to)) {
        shown += text.slice(at, start);
        shown += term < 0 ? text.slice(start, end) : "\u0001" + text.slice(start, end) + "\u0002";
        at = end;
      }
      return shown + (to < found.length ? " …" : text.slice(at));
    };

    return async (query, limit, language, filters) => {
      const typed = new Map();
      let last;
      for (const [word, joined] of words(String(query ?? "").slice(0, 1000))) {
        if (!joined) last = word;
        if (!typed.has(word) && typed.size < 32) typed.set(word, joined);
      }
      const common = new Set(index.common.split(" "));
      let asked = [...typed].filter(([word]) => !common.has(word));
      if (!asked.length) asked = [...typed];
      const labelled = language || Object.values(filters).some((values) => values?.length);
      const [labels, ...terms] = await Promise.all([
        labelled && part("labels"),
        ...asked.map(([word, joined]) => term(word, joined, word === last)),
      ]);
      const ranked = rank(terms.filter((term) => term.matches.length), labels, language, filters);
      const shown = ranked.slice(0, limit);
      const blocks = shown.map(([page]) => part(`pages-${Math.floor(page / index.block)}`));
      const looked = looking(terms);
      const results = (await Promise.all(blocks)).map((block, at) => {
        const [page, score] = shown[at];
        return show(block[page % index.block], score, looked);
      });
      const meant = new Map(terms.map((term) => [term.word, term.meant]));
      const corrected = terms.some((term) => term.meant !== term.word)
        ? words(String(query).slice(0, 1000)).filter(([, joined]) => !joined)
          .map(([word]) => meant.get(word) ?? word).join(" ")
        : null;
      return { results, total: ranked.length, corrected };
    };
  };

  let answer = await load();
  return {
    async search(query, { limit = 10, language = "", filters = {} } = {}) {
      try {
        return await answer(query, limit, language, filters);
      } catch {
        // Perhaps the site was published again, and parts of the old one are gone.
        answer = await load({ cache: "no-store" });
        return answer(query, limit, language, filters);
      }
    },
  };
}
