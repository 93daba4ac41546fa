// The search engine: answers questions from the index beside it.
//
//   import { open } from "./search.js";
//   const site = await open("/guide/search/");
//   const { results, total, corrected } = await site.search("can i pay my dauhgter");
//
// A result is { url, title, excerpt, section, kind, stage, language, score }.
// `section` is { id, heading } when one part of the page answers, and null
// otherwise. In `excerpt`, words that were looked for stand between \u0001 and
// \u0002. `corrected` is the query as it was understood, or null when no word of
// it was a slip. `total` counts the pages that answer about as well as the
// best.
//
// Options: `limit`; `language`, which halves the score of pages in others;
// `filters`, such as { kind: ["letter"], stage: ["manage", "set up"] }; and `asTyped`,
// with which nothing is corrected. `site.prepare(query)` fetches what the words of a query
// need before it is asked, so that asking it is one round; with `isTyping` it takes the last
// word for one that goes on.
//
// Any text is a query; words in quotation marks are looked for as a phrase. A
// promise is rejected only when a part of the index cannot be read. Parts are
// kept, so asking for three results and then for ten costs no more than asking
// for ten.
//
// The format is stated in src/index/mod.rs, and src/index/answer.rs ranks in
// the same way.

const LEVELS = 16;
const LONGEST = 40;

// What a word adds, in quarters, when it is the one that was typed, one that
// begins with an unknown one, one that begins with a known one, the one that
// was meant, one of a phrase, and one of two that stand elsewhere in the query.
const EXACT = 4, BEGUN = 3, LONGER = 1, MEANT = 3, PHRASE = 6, PAIR = 5;

// How much it matters that a page has all the words, and how much counts without that, by how
// many words there are; of more words the sum alone counts.
const COVERED = 4, APART = [0, 0, 1, 8, 64];

// How many of the best pages are looked through part by part, and how much a page counts before
// its best part.
const LOOKED = 5, SCATTERED = 13;

// Letters that begin words which sound as if they began with another.
const ALIKE = { c: "k", e: "i", f: "p", g: "j", i: "e", j: "g", k: "c", n: "k", r: "w", s: "c" };

// Letters that Unicode does not take apart, what people type for them, and letters of other
// scripts that look like Latin ones.
const LETTERS = {
  ß: "ss", æ: "ae", œ: "oe", ø: "o", đ: "d", ð: "d", ħ: "h", ı: "i", ł: "l", ŋ: "n", þ: "th", ŧ: "t", ς: "σ",
};
const OTHERS = "авекмнорстухіјѕһԁԛԝαεικνορτυχ", LATIN = "abekmhopctyxijshdqwaeikvoptux";

// What stands behind the letters of a common word in capitals: no other word has any.
const CAPITALS = "C";

// The words of a text, as [word, parts, capitals], as in src/index/words.rs:
// `parts` is how many words were joined to make it, or 0, and `capitals` whether
// it is two or three capital letters among small ones.
function words(text) {
  text = text.replace(/\u0001/g, " ");
  if (/[a-z]/.test(text) || /^[^a-z]*[A-Z]+[^a-z]*$/i.test(text)) {
    text = text.replace(/(^|[^\p{Alphabetic}\p{N}])([A-Z]{2,3})(?!['’]?[\p{Alphabetic}\p{N}])/gu, "$1$2\u0001");
  }
  const folded = text
    .replace(/(\d),(?=\d{3}(?!\d))/g, "$1")
    .replace(/[`’‘ʼ´′]/g, "'")
    .replace(/[\xad\u061c\u180e\u200c-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g, "")
    .replace(/(^|[^\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff])\u200b+/g, "$1")
    .normalize("NFKD")
    .toLowerCase()
    .replace(/\p{M}/gu, "")
    .replace(/[ßæœøđðħıłŋþŧς]/g, (letter) => LETTERS[letter])
    .replace(/'/g, (mark, at, all) =>
      /(^|\P{Alphabetic})\p{Alphabetic}{1,2}$/u.test(all.slice(Math.max(at - 5, 0), at)) &&
      /^\p{Alphabetic}{3}/u.test(all.slice(at + 1, at + 7)) ? mark : "");
  const parts = [...folded.matchAll(/([\p{Alphabetic}\p{N}]+)(\u0001?)/gu)].map((m) => ({
    word: /[a-z]/.test(m[1]) ? m[1].replace(/[\u0370-\u052f]/g, (one) => LATIN[OTHERS.indexOf(one)] ?? one) : m[1],
    capitals: m[2],
    start: m.index,
    end: m.index + m[0].length,
  }));
  const list = [];
  const add = (word, joined, capitals) => list.push([[...word].slice(0, LONGEST).join(""), joined, !!capitals]);
  const join = (from, to) => parts.slice(from, to + 1).map((part) => part.word).join("");
  let hyphens = 0, digits = 0;
  parts.forEach((part, at) => {
    const before = parts[at - 1], next = parts[at + 1];
    const gap = next && folded.slice(part.end, next.start);
    add(part.word, 0, part.capitals);
    if (!next || !/^[-\u2010']$/.test(gap)) {
      if (at > hyphens && at < hyphens + 4) add(join(hyphens, at), at + 1 - hyphens);
      hyphens = at + 1;
    }
    if (!/^\d+$/.test(part.word)) {
      digits = at + 1;
    } else if (!next || !/^[- ()]{0,2}$/.test(gap) || !/^\d+$/.test(next.word)) {
      const number = join(digits, at);
      if (/^(0|44).{7,}$/.test(number) && /^.{9,15}$/.test(number)) {
        add(number.replace(/^(00)?440*/, "0"), at + 1 - digits);
      }
      digits = at + 1;
    }
    if (
      before && part.start - before.end === 1 && /^[a-z]{1,2}\d[a-z\d]?$/.test(before.word) &&
      /^\d[a-z]{2}$/.test(part.word)
    ) {
      add(join(at - 1, at), 2);
    }
  });
  return list;
}

// The id that most headings have.
const slug = (heading) => heading.replace(/[^A-Za-z0-9]+/g, "-").replace(/^-|-$/g, "").toLowerCase();

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

// The phrases that begin with a family: where their postings are among the numbers, by hash.
function phrasesIn(list) {
  const found = new Map();
  for (let at = 0, name = -1; at < list.length;) {
    name += list[at++] + 1;
    const from = ++at;
    at += list[from - 1] + 1;
    found.set(name, list.slice(from, at));
  }
  return found;
}

// The pages of a family or a phrase and their impacts, from the numbers after
// the first `from`.
function postings(list, from) {
  const pages = new Uint32Array(list.length - from), impacts = new Uint8Array(list.length - from);
  for (let at = from, page = -1; at < list.length; at++) {
    page += Math.floor(list[at] / LEVELS) + 1;
    pages[at - from] = page;
    impacts[at - from] = LEVELS - 1 - list[at] % LEVELS;
  }
  return { pages, impacts };
}

// Which range a word is in.
function locate(starts, word) {
  let low = 0, high = starts.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (starts[middle] <= word) low = middle + 1;
    else high = middle;
  }
  return Math.max(low - 1, 0);
}

// How many slips turn one word into the other, if that is at most `most`.
function slips(typed, word, most) {
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

// What is left of a word after its first letter when only the sound of its
// consonants counts.
const sound = (word) =>
  [...word].slice(1).join("")
    .replace(/[aeiouyhw]/g, "")
    .replace(/[bfpv]/g, "1")
    .replace(/[cgjkqsxz]/g, "2")
    .replace(/[dt]/g, "3")
    .replace(/[mn]/g, "5")
    .replace(/(.)\1+/gu, "$1");

const sorted = (word) => [...word].sort().join("");

// The word with the fewest slips; of several, one with a letter more or the same letters, since
// letters are left out and exchanged most, and then the one that most pages have.
function least(list, typed, most, mayBe) {
  let best = null, key = [most + 1, 0, 0];
  for (const [word, uses] of list) {
    if (Math.abs(typed.length - word.length) > most || !mayBe(word)) continue;
    const slip = slips(typed, word, most);
    if (slip > most) continue;
    const next = [slip, -(word.length > typed.length || sorted(word) === sorted(typed)), -uses - 1];
    const at = next.findIndex((part, at) => part !== key[at]);
    if (next[0] <= most && next[at] < key[at]) [best, key] = [word, next];
  }
  return best;
}

// Where nobody knows whether what was typed is a word, it is one slip in a word
// that is not short.
const nearest = (list, typed, isEnglish) =>
  least(list, typed, isEnglish ? 1 + (typed.length > 7) : +(typed.length > 5), () => true);

const heard = (list, typed, wanted = sound(typed)) => least(list, typed, 3, (word) => sound(word) === wanted);

const withoutS = (word) => word.replace(/s$/, "");

// The word that what was typed, a proper word, is another form of.
const inflected = (list, typed) =>
  list.find(([word, , forms]) =>
    withoutS(word) === withoutS(typed) ||
    forms.split(",").some((form) => word.slice(0, word.length - form[0]) + form.slice(1) === typed)
  )?.[0];

const has = (object, name) => Object.prototype.hasOwnProperty.call(object, name);

// FNV-1a over code units.
function hash(word) {
  let hash = 0x811c9dc5;
  for (let at = 0; at < word.length; at++) hash = Math.imul(hash ^ word.charCodeAt(at), 0x1000193);
  return hash >>> 0;
}

// What a phrase goes by in the line of its first family.
const phrase = (rest) => hash(rest) % 2 ** 18;

// The longest word that what was typed is an ending away from.
const withoutEnding = (list, typed) =>
  list.map(([word]) => word).filter((word) =>
    word.length > 2 && typed.startsWith(word) && /^(e?d|ers?|e?s|ing|ly)$/.test(typed.slice(word.length))
  ).pop();

// The word that has the longest beginning in common with what was typed.
function begun(list, typed) {
  let best = null, longest = Math.max(5, typed.length - 4), use = -1;
  for (const [word, uses] of list) {
    let same = 0;
    while (same < typed.length && typed[same] === word[same]) same++;
    if (same > longest || (same === longest && uses > use)) [best, longest, use] = [word, same, uses];
  }
  return best;
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
    if (index.format !== 4) throw new Error("index.json: unknown format");
    const parts = new Map();
    const common = index.common.map(([tag, list]) => [tag, new Set(list.split(" "))]);
    const starts = [0];
    for (const count of numbers(index.pages)) starts.push(starts[starts.length - 1] + count);
    const count = starts[starts.length - 1];
    const languages = new Uint32Array(count);
    for (let list = numbers(index.languages[1]), at = 0, page = 0; at < list.length; at += 2) {
      languages.fill(list[at], page, page += list[at + 1]);
    }
    const scores = new Float64Array(count), covered = new Float64Array(count);
    const most = new Uint8Array(count);

    // A part of the index, fetched once.
    const part = (name) => {
      if (!parts.has(name)) {
        const loading = read(`parts/${name}.${index.hash}.json`);
        parts.set(name, loading);
        loading.catch(() => parts.delete(name));
      }
      return parts.get(name);
    };

    // The words of a query that say what it is asking for, and those that shape questions in
    // the language it is in: the one it has most of those of.
    const telling = (words, language) => {
      const own = Math.max(common.findIndex(([tag]) => tag === language), 0);
      let most = 0, shaping = new Set(), tag = "";
      common.forEach(([name, list], at) => {
        const count = words.filter((word) => list.has(word)).length + (at === own);
        if (count > most || (count === most && at === own)) [most, shaping, tag] = [count, list, name];
      });
      const telling = words.filter((word) => !shaping.has(word));
      return [telling.length ? telling : words, shaping, /^en(-|$)/i.test(tag)];
    };

    const fileOf = (word) => locate(index.words, word);

    // The lines of a `words` part, with the words of each taken apart once.
    const lines = async (number) => {
      if (!index.words.length) return [];
      const file = await part(`words-${number}`);
      file[" "] = file[" "] ?? Object.keys(file).map((forms) => [forms.split(" "), file[forms]]);
      return file[" "];
    };

    // The families in a `words` part for which `wanted` holds of a word.
    const families = async (number, factor, wanted) => {
      const found = [];
      for (const line of await lines(number)) {
        if (!line[0].some(wanted)) continue;
        const [forms, coded] = line;
        const [pages, phrases] = typeof coded === "string" ? [coded, ""] : coded;
        if (!line[2]) {
          const list = numbers(pages);
          line[2] = { rarity: list[0] >> 1, frames: list[0] & 1, phrases: phrasesIn(numbers(phrases)), ...postings(list, 1) };
        }
        found.push({ forms, factor, ...line[2] });
      }
      return found;
    };

    const known = (word, factor) => families(fileOf(word), factor, (form) => form === word);

    // Words like those that begin with a letter, each with how many pages have
    // it and its other forms.
    const spelling = async (letter) => {
      if (!letter || !index.spelling.length) return [];
      const [list, uses, others] = await part(`spelling-${locate(index.spelling, letter)}`);
      const counts = numbers(uses), forms = others.split(" ");
      return list.split(" ").map((word, at) => [word, counts[at], forms[at]]).filter(([word]) => word.startsWith(letter));
    };

    // Whether an unknown word is a proper one.
    const proper = async (typed) => {
      if (!index.english) return false;
      const file = await part(`english-${hash(typed.slice(0, 4)) % index.english}`);
      const wanted = hash(typed) % 2 ** 20;
      let at = -1;
      return numbers(file).some((gap) => (at += gap + 1) === wanted);
    };

    // The known words that were meant by an unknown one, if any. Slips of other
    // kinds than a wrong letter are those of English.
    const meaning = async (typed, isEnglish) => {
      const [first, second] = typed;
      const list = await spelling(first);
      const splits = list.filter(([word]) =>
        typed.startsWith(word) && word.length > 2 && typed.length - word.length > 2
      ).reverse().slice(0, 3);
      const split = async (together) => {
        for (const [word] of splits) {
          const rest = typed.slice(word.length), [second] = await known(rest, MEANT);
          if (!second) continue;
          const [first] = together ? await known(word, MEANT) : [];
          if (!together || first?.phrases.has(phrase(second.forms[0]))) return [word, rest];
        }
      };
      // Two words that pages have one after the other are no slip of one.
      const apart = await split(true);
      if (apart) return apart;
      let found = nearest(list, typed, isEnglish);
      if (isEnglish) {
        found = found ?? withoutEnding(list, typed) ?? heard(list, typed) ?? nearest(await spelling(second), typed, true);
        if (!found && ALIKE[first]) found = heard(await spelling(ALIKE[first]), typed);
      }
      if (found) return [found];
      found = begun(list, typed);
      return await split(false) ?? (found ? [found] : []);
    };

    // What a word of the query stands for: families, each with its factor. Two
    // words that were run together are two.
    const understand = async (word, joined, isLast, isEnglish, asTyped) => {
      const [own, ...wholes] = await Promise.all([
        known(word, EXACT),
        ...joined.map((whole) => known(whole, PHRASE)),
      ]);
      const matches = [...own, ...wholes.flat()];
      if (isLast && word.length > 2 - !own.length) {
        const at = fileOf(word);
        for (let next = at; next < at + 3; next++) {
          if (next > at && (own.length || !index.words[next]?.startsWith(word))) break;
          for (const longer of await families(next, own.length ? LONGER : BEGUN, (form) => form.startsWith(word))) {
            if (!matches.some(({ forms }) => forms[0] === longer.forms[0])) matches.push(longer);
          }
        }
      }
      const term = (word, matches, told = word) => ({
        word,
        told,
        matches,
        rarity: own.length ? own[0].rarity : matches.length ? Math.min(...matches.map((m) => m.rarity)) : 0,
        frames: matches[0]?.frames,
        own: matches.find((m) => (m.factor === EXACT || m.factor === MEANT) && m.forms.includes(word)),
      });
      if (asTyped || matches.length || word.length < 4 || /[\p{N}C]/u.test(word)) return [term(word, matches)];
      const [list, isProper] = await Promise.all([spelling([...word][0]), proper(word)]);
      const form = isProper && inflected(list, word);
      if (form) return [term(form, await known(form, EXACT), word)];
      const meant = isProper ? [] : await meaning(word, isEnglish);
      return meant.length
        ? Promise.all(meant.map(async (word) => term(word, await known(word, MEANT))))
        : [term(word, matches)];
    };

    // Adds the phrases that the words of the query make, to each of them: some in a row, and two
    // wherever they stand in it.
    const addPhrases = (terms) => {
      const found = [];
      const find = ({ phrases }, name, factor, places) => {
        const list = phrases.get(phrase(name));
        if (list) found.push([places, { forms: [], factor, ...postings(list, 0) }]);
      };
      terms.forEach(({ own }, first) => {
        if (!own) return;
        let name = "";
        for (let end = first + 1; end < terms.length && end < first + 4; end++) {
          const next = terms[end], before = name;
          const begun = next.matches.filter(({ factor }) => factor === BEGUN || factor === LONGER);
          for (const { forms } of next.own ? [next.own, ...begun] : begun) {
            name = (before && before + " ") + forms[0];
            find(own, name, PHRASE, [...terms.keys()].slice(first, end + 1));
          }
          if (!next.own) break;
          name = (before && before + " ") + next.own.forms[0];
        }
        terms.forEach((other, second) => other.own && find(own, other.own.forms[0], PAIR, [first, second]));
      });
      for (const [places, phrase] of found) {
        for (const at of places) terms[at].matches.push(phrase);
      }
    };

    // Page numbers and scores, the best first, and how many there are: `first`,
    // then what the terms find among pages that are `allowed`, as long as it is
    // worth showing. Only the `limit` best are put in order.
    const rank = (terms, limit, first, allowed, isForeign) => {
      const touched = [];
      const add = (page, points, weight) => {
        if (!scores[page]) touched.push(page);
        scores[page] += points;
        covered[page] += weight;
      };
      for (const { matches, weight } of terms) {
        const [{ pages, impacts, factor }] = matches;
        if (matches.length < 2) {
          for (let at = 0; at < pages.length; at++) add(pages[at], impacts[at] * factor * weight, weight);
          continue;
        }
        const met = [];
        for (const { pages, impacts, factor } of matches) {
          for (let at = 0; at < pages.length; at++) {
            const page = pages[at], worth = impacts[at] * factor;
            if (!most[page]) met.push(page);
            if (worth > most[page]) most[page] = worth;
          }
        }
        for (const page of met) {
          add(page, most[page] * weight, weight);
          most[page] = 0;
        }
      }
      const total = terms.reduce((sum, term) => sum + term.weight, 0);
      const others = APART[terms.length] * total ** 2;
      const pages = touched.filter(allowed);
      let best = 0;
      for (const page of pages) {
        let score = scores[page];
        if (terms.length < APART.length) score *= COVERED * covered[page] ** 2 + others;
        if (isForeign(page)) score = Math.floor(score / 2);
        scores[page] = score;
        if (score > best) best = score;
      }
      // Of three words and more, whose sum counts, half of the best is worth showing.
      const share = terms.length < 3 ? 4 : 2;
      const worthy = pages.filter((page) => scores[page] * share >= best + first.length && !first.includes(page));
      const least = Float64Array.from(worthy, (page) => scores[page]).sort()[Math.max(worthy.length - limit, 0)] ?? 0;
      const ranked = worthy
        .filter((page) => scores[page] >= least)
        .sort((a, b) => scores[b] - scores[a] || a - b)
        .map((page) => [page, scores[page]]);
      for (const page of touched) scores[page] = covered[page] = 0;
      return [
        [...first.map((page, at) => [page, best + first.length - at]), ...ranked].slice(0, limit),
        first.length + worthy.length,
      ];
    };

    // The pages where the words follow each other. Common words may be any
    // word.
    const pagesWith = async (phrase, shaping) => {
      let starts = null;
      for (const [at, word] of phrase.entries()) {
        if (shaping.has(word)) continue;
        const [family] = await known(word, EXACT);
        if (!family) return new Map();
        const places = await part(`places-${Math.floor(fileOf(word) / index.places)}`);
        if (!has(places, family.forms[0])) continue;
        const list = numbers(places[family.forms[0]]);
        const found = new Map();
        let next = 0;
        for (const page of family.pages) {
          let place = -1;
          for (let left = list[next++]; left > 0; left--) {
            place += list[next++] + 1;
            if (starts && !starts.get(page)?.has(place - at)) continue;
            if (!found.has(page)) found.set(page, new Set());
            found.get(page).add(place - at);
          }
        }
        starts = found;
      }
      return starts ?? new Map();
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
          const list = /^[a-z]{1,40}$/.test(small) && !/^[A-Z]{2,3}$/.test(word) ? [[small]] : words(word);
          const hits = list.map(([form, , capitals]) => forms.get(form) ?? (capitals ? forms.get(form + CAPITALS) : undefined));
          known.set(word, hits.find((hit) => hit >= 0) ?? -1);
        }
        return known.get(word);
      };
      const look = (text) => {
        const list = [];
        for (const { 0: word, index } of text.matchAll(/[\p{Alphabetic}\p{M}\p{N}'’-]+/gu)) {
          list.push({ start: index, end: index + word.length, term: termOf(word) });
        }
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
    const show = ([url, title, description, kind, stage, language, sections], score, looked) => {
      const { look, worth } = looked;
      let best = -1, id = "", heading = "", text = "", said = 0;
      sections.forEach(([name = "", kept = "", anchor, others = ""], at) => {
        anchor = anchor || slug(name);
        const above = [...look(at || anchor ? name : title), ...look(others)], below = look(kept);
        const value = worth(above) + worth([...above, ...below]);
        // A part that says as much as the title is what was asked for.
        if (value > best || (value === best && value && !id)) [best, id, heading, text, said] = [value, anchor, name, kept, worth(below)];
      });
      if (!text || (!id && !said)) text = description || sections.find((section) => section[1])?.[1] || text;
      return [Math.max(best, 0), {
        url: new URL(".." + url, base).href,
        title,
        excerpt: excerpt(text, description, looked),
        section: id ? { id, heading } : null,
        kind,
        stage,
        language,
        score,
      }];
    };

    // The sentence with most of what was looked for, and one beside it; of a long one, about
    // thirty words around them. A row of a table or a fact counts half, and stands alone; the
    // description of the page takes its place where that says as much.
    const excerpt = (text, description, looked) => {
      const { look, worth } = looked;
      const sentences = text.split(" … ").flatMap((run) =>
        (run.match(/[^]+?([.!?] (?![a-z])|$)/g) ?? []).map((part, at) => {
          const words = part.trim(), found = look(words);
          // With an end: no row of a table, no fact behind its name, nothing to fill in.
          const whole = /[.!?]["”’)\]]*$/.test(words) && !/ – |\[…\]|^[^ ]+( [^ ]+){0,2}: /.test(words);
          return { words, found, whole, goesOn: at > 0, value: 2 * worth(found) * (1 + whole) + whole };
        })
      );
      const most = Math.max(0, ...sentences.map(({ value }) => value));
      const best = sentences.find(({ value }) => value === most);
      if (description && !best?.whole && most <= 2 * worth(look(description))) return excerpt(description, "", looked);
      if (!best) return text;
      const marked = ({ words, found }, at = 0, end = words.length) => {
        let shown = "";
        for (const word of found) {
          if (word.term < 0) continue;
          shown += words.slice(at, word.start) + "\u0001" + words.slice(word.start, word.end) + "\u0002";
          at = word.end;
        }
        return shown + words.slice(at, end);
      };
      const { words, found, whole } = best;
      if (found.length > 32) {
        let from = 0, worthiest = 0;
        found.forEach(({ term }, at) => {
          const value = term < 0 ? 0 : worth(found.slice(at, at + 24));
          if (value > worthiest) [worthiest, from] = [value, at];
        });
        from = from < 10 ? 0 : from - 6;
        const shown = found.slice(from, from + 32), goesOn = from + 32 < found.length;
        return (from ? "… " : "") +
          marked({ words, found: shown }, from && shown[0].start, goesOn ? shown[31].end : words.length) +
          (goesOn ? " …" : "");
      }
      // The one behind it, or the one before where that adds more.
      const at = sentences.indexOf(best);
      const beside = (one, goesOn) =>
        whole && goesOn && one?.whole && found.length + one.found.length <= 32 ? worth([...found, ...one.found]) : -1;
      const [before, behind] = [sentences[at - 1], sentences[at + 1]];
      const more = beside(behind, behind?.goesOn), less = beside(before, best.goesOn);
      if (less > Math.max(more, worth(found))) return marked(before) + " " + marked(best);
      return marked(best) + (more < 0 ? "" : " " + marked(behind));
    };

    // Which pages a query may find, and which are in another language.
    const choices = async (language, filters) => {
      const wanted = Object.entries(filters).filter(([, values]) => values?.length);
      const labels = wanted.length ? await part("labels") : {};
      const allowed = wanted.filter(([label]) => labels[label]).map(([label, values]) => {
        const [names, of] = labels[label];
        return [numbers(of), [].concat(values).map((value) => names.indexOf(value))];
      });
      const own = language ? index.languages[0].indexOf(language) : -1;
      return [
        (page) => allowed.every(([of, values]) => values.includes(of[page])),
        (page) => own >= 0 && languages[page] !== own,
      ];
    };

    // The words of a query, all and each once without those that only shape it.
    const ask = (query, language) => {
      const all = [], joined = [];
      // A common word in capitals is not that word: “IT support”.
      const name = (word, capitals) => word + (capitals && common.some(([, list]) => list.has(word)) ? CAPITALS : "");
      for (const [word, parts, capitals] of words(query)) {
        if (parts) joined.push([word, all.slice(-parts)]);
        else all.push(name(word, capitals));
      }
      const [typed, ...rest] = telling([...new Set(all)].slice(0, 32), language);
      return { all, joined, name, typed, rest };
    };

    // Fetches what the words of a query need, before somebody asks it. For the word that somebody
    // is typing that is from the third letter, or once all that begin like it are in one file.
    const prepare = (query, language, isTyping) => {
      if (!index.words.length) return [];
      const { all, typed, rest: [shaping] } = ask(query, language);
      const begun = isTyping && /[\p{L}\p{N}]$/u.test(query) ? all[all.length - 1] : "";
      const needed = typed.filter((word) => !isTyping || !shaping.has(word) && (word !== begun || word.length > 2 || fileOf(word) === fileOf(word + "\uffff")));
      return Promise.all(needed.map((word) => part(`words-${fileOf(word)}`)));
    };

    const answer = async (query, limit, language, filters, asTyped) => {
      const { all, joined, name, typed, rest: [shaping, isEnglish] } = ask(query, language);
      const written = (text) => words(text).filter(([, parts]) => !parts).map(([word, , capitals]) => name(word, capitals));
      joined.splice(32);
      const phrases = query.split(/["“”]/).filter((_, at) => at % 2).map(written).filter((list) => list.length > 1);
      const [[allowed, isForeign], quoted, ...understood] = await Promise.all([
        choices(language, filters),
        Promise.all(phrases.map((phrase) => pagesWith(phrase, shaping))),
        ...typed.map((word) => {
          const whole = joined.filter(([, parts]) => parts.includes(word)).map(([whole]) => whole);
          return understand(word, whole, word === all[all.length - 1], isEnglish, asTyped);
        }),
      ]);
      const terms = understood.flat().slice(0, 32);
      for (const term of terms) term.weight = term.rarity;
      // Beside words that tell what a question is about, those that frame it count as if three
      // pages of four had them. The beginning of a word tells nothing yet.
      if (terms.some(({ frames, own }) => !frames && own)) {
        for (const term of terms) if (term.frames) term.weight = Math.min(term.rarity, 5);
      }
      // A word of a story may be rare by chance.
      if (terms.filter(({ matches }) => matches.length).length >= APART.length) {
        for (const term of terms) term.weight = Math.floor(Math.sqrt(term.weight) * 10);
      }
      addPhrases(terms);
      const known = terms.filter(({ matches }) => matches.length);
      // The pages that were chosen for exactly these words come first.
      const asked = terms.map(({ word }) => word);
      const file = asked.length && index.words.length ? await part(`words-${fileOf(asked[0])}`) : {};
      const key = (words) => file["=" + (hash(words.join("=")) % 2 ** 24).toString(16)];
      const first = numbers(key([asked[0], ...all]) ?? key(asked) ?? "").filter(allowed);
      const hasAll = (page) => allowed(page) && quoted.every((pages) => pages.has(page));
      const finds = (may) => rank(known, 1, [], may, isForeign)[1];
      const isQuoted = !quoted.length || finds(hasAll) || !finds(allowed);
      const [ranked, total] = rank(known, Math.max(limit, LOOKED), first, quoted.length && isQuoted ? hasAll : allowed, isForeign);
      const looked = looking(terms);
      // Beside those that are asked for only pages that could come before the last of them: the
      // best part adds two in SCATTERED, less than one in six.
      let count = limit;
      while (count < LOOKED && ranked[count]?.[1] * 7 >= ranked[count - 1]?.[1] * 6) count++;
      const found = await Promise.all(ranked.slice(0, count).map(async ([page, score]) => {
        let file = starts.length - 1;
        while (starts[file] > page) file--;
        return show((await part(`pages-${file}`))[page - starts[file]], score, looked);
      }));
      // Of the best pages, those with most of the words in one part come first.
      const sum = terms.reduce((all, term) => all + term.rarity, 0);
      const most = found[first.length]?.[1].score;
      const worth = ([value, { score }]) => Math.floor(score / most * 65536) * (SCATTERED * sum + value);
      const best = found.splice(first.length, LOOKED - first.length).sort((a, b) => worth(b) - worth(a));
      found.splice(first.length, 0, ...best);
      const results = found.slice(0, limit).map(([, result]) => result);
      const meant = (word) => understood[typed.indexOf(word)]?.map(({ told }) => told).join(" ") ?? word;
      const isMeant = isQuoted && typed.every((word) => meant(word) === word);
      return { results, total, corrected: isMeant ? null : all.map((word) => meant(word).replace(/C+$/, "")).join(" ") };
    };
    return { answer, prepare };
  };

  let site = await load();
  const text = (query) => String(query ?? "").slice(0, 1000);
  return {
    async search(query, { limit = 10, language = "", filters = {}, asTyped = false } = {}) {
      const asked = [text(query), limit, language, filters, asTyped];
      try {
        return await site.answer(...asked);
      } catch {
        // Perhaps the site was published again, and parts of the old one are gone.
        site = await load({ cache: "no-store" });
        return site.answer(...asked);
      }
    },
    async prepare(query, { language = "", isTyping = false } = {}) {
      await Promise.resolve(site.prepare(text(query), language, isTyping)).catch(() => {});
    },
  };
}
