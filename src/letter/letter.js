// Letters on the reader's own device: reads answers, fills a template, and writes
// .docx, .odt, .txt and HTML. The same as src/letter/*.rs, byte for byte; a test
// compares them. Nothing here asks the network or stores anything.

const letter = (template) => {
  const {language, months, fields, blocks, formats, country, pictures = [], below} = template;
  // The same letter in another language, which stands below this one.
  const second = below && letter({...template, ...below, below: 0});
  const NAMES = "\\w!#$%&'*+/=?^`{|}~-";
  const EMAIL = new RegExp(
    `^[${NAMES}]+(\\.[${NAMES}]+)*@([a-z\\d]([a-z\\d-]*[a-z\\d])?\\.)+[a-z\\d]([a-z\\d-]*[a-z\\d])?$`,
    'i',
  );
  const small = (text) => text.toLowerCase();
  const plainName = (name) => small(name.replace(/[\s_\ufeff-]/g, ''));

  // Text that every document can hold.
  const clean = (typed) =>
    typed
      .replace(/\r\n?|[\n\v\f\x85\u2028\u2029]/g, '\n')
      .replace(/[\t\xa0\u1680\u2000-\u200a\u202f\u205f\u3000]/g, ' ')
      .replace(
        /[\ud800-\udbff][\udc00-\udfff]|[\0-\x09\x0b-\x1f\x7f-\x9f\ufeff\ufffe\uffff\ud800-\udfff]/g,
        (c) => (c[1] ? c : ''),
      );

  // A day as the number of days since 1970, or nothing.
  const dayOf = (year, month, day) => {
    const at = new Date(Date.UTC(year, month - 1, day));
    return month > 0 && day > 0 && at.getUTCMonth() === month - 1 && at.getUTCDate() === day
      ? at.getTime() / 864e5
      : undefined;
  };
  const date = (text) => {
    text = small(text);
    let found = /^([1-9]\d{3})-(\d\d)-(\d\d)(t|$)/.exec(text);
    if (found) return dayOf(+found[1], +found[2], +found[3]);
    if (text.includes('+')) return;
    const parts = text.split(/[ ,./-]/).filter((part) => !/^(of|the)?$/.test(part));
    if (parts.length === 4 && /^\p{L}+$/u.test(parts[0])) parts.shift();
    if (parts.length !== 3 || !/^[1-9]\d{3}$/.test(parts[2])) return;
    const [day, month] = parts;
    if (/^\d+$/.test(month))
      return /^\d\d?$/.test(day) && month.length < 3 ? dayOf(+parts[2], +month, +day) : undefined;
    if (!/^\d+(st|nd|rd|th)?$/.test(day)) return;
    // A name that means one month here and another there means none.
    const only = (is) => {
      const all = Object.values(months).flatMap((names) => names.map((name) => is(small(name))));
      const found = new Set(all.flatMap((fits, at) => (fits ? [(at % 12) + 1] : [])));
      return found.size === 1 ? [...found][0] : 0;
    };
    const begins = (name) => month.length > 2 && name.startsWith(month);
    const at = only((name) => name === month) || only(begins);
    return at ? dayOf(+parts[2], at, parseInt(day, 10)) : undefined;
  };
  const inWords = (days) => {
    const at = new Date(days * 864e5);
    return `${at.getUTCDate()} ${(months[language] || months.en)[at.getUTCMonth()]} ${at.getUTCFullYear()}`;
  };
  const later = (days, {days: more, months}) => {
    if (more !== undefined) return days + more;
    const at = new Date(days * 864e5),
      day = at.getUTCDate();
    at.setUTCDate(1);
    at.setUTCMonth(at.getUTCMonth() + months + 1, 0);
    at.setUTCDate(Math.min(day, at.getUTCDate()));
    return at.getTime() / 864e5;
  };

  const READ = {
    date: (text) => {
      const day = date(text);
      return day !== undefined && inWords(day);
    },
    money: (text) => {
      const found = /^£?(\d{1,3}(?:,\d{3})+|\d+)(?:\.(\d\d?))?$/.exec(text.replace(/ /g, ''));
      if (!found) return;
      const pounds = found[1]
        .replace(/,/g, '')
        .replace(/^0+(?=\d)/, '')
        .replace(/\B(?=(\d{3})+$)/g, ',');
      return `£${pounds}${/[1-9]/.test(found[2]) ? `.${found[2].padEnd(2, '0')}` : ''}`;
    },
    phone: (text) => {
      const digits = text.replace(/[ ()-]/g, '').replace(/^\+440?/, '0');
      return /^(0[237]\d{9}|0[14-689]\d{8,9}|\+(?!44)\d{8,15})$/.test(digits) && text;
    },
    email: (text) => EMAIL.test(text) && text,
    postcode: (text) => {
      const found = /^([A-Z]{1,2}\d[A-Z\d]?)(\d[A-Z]{2})$/.exec(
        text.replace(/ /g, '').toUpperCase(),
      );
      return found && /^[ -~]+$/.test(text) && `${found[1]} ${found[2]}`;
    },
    number: (text) =>
      /^-?[\d,.]+$/.test(text) && /^-?\d+(\.\d+)?$/.test(text.replace(/,/g, '')) && text,
    'yes or no': (text, {choices}) => {
      const is = (at, words) => words.includes(small(text)) || small(choices[at]) === small(text);
      if (is(0, ['yes', 'y', 'true', '1'])) return choices[0];
      return is(1, ['no', 'n', 'false', '0']) && choices[1];
    },
    choice: (text, {choices}) => choices.find((choice) => small(choice) === small(text)),
  };

  // Reads an answer: {answer} or {fault: 'missing' | 'not'}.
  const read = (field, typed) => {
    let answer = clean(typed);
    answer = /^(long text|address)$/.test(field.type)
      ? answer
          .split('\n')
          .map((line) => line.replace(/^ +| +$/g, ''))
          .join('\n')
          .replace(/^\n+|\n+$/g, '')
      : answer.split(/[ \n]/).filter(Boolean).join(' ');
    if (!answer) return field.required ? {fault: 'missing'} : {answer};
    const known = READ[field.type];
    if (known) answer = known(answer, field);
    return answer ? {answer} : {fault: 'not'};
  };

  // Answers that break a rule between fields: [[field, 'after' | 'soon', other]].
  const rules = (answers, today) => {
    const day = (at) => (answers[at] ? date(answers[at]) : undefined);
    const written = day(fields.findIndex((field) => field.today)) ?? today;
    const faults = [];
    fields.forEach((field, at) => {
      const own = day(at);
      if (own === undefined) return;
      if (field.after !== undefined && own <= day(field.after))
        return faults.push([at, 'after', field.after]);
      if (field.least && own < later(written, field.least))
        faults.push([at, 'soon', inWords(later(written, field.least))]);
    });
    return faults;
  };

  // The lines of a letter. An answer that is undefined leaves a labelled blank.
  const fill = (answers) => {
    const lines = [];
    const written = date(answers[fields.findIndex((field) => field.today)] || '');
    let number = 0;
    const add = (block, pieces) => {
      number = block.style === 'number' ? number + 1 : 0;
      lines.push({style: block.style, pieces, number, block});
    };
    for (const block of blocks) {
      const [only] = block.runs;
      if (block.style === 'break') {
        add(block, []);
        continue;
      }
      if (
        block.runs.length === 1 &&
        only.field !== undefined &&
        answers[only.field] !== undefined
      ) {
        const answer = answers[only.field],
          {type} = fields[only.field];
        const parts =
          type === 'long text' && !/^(h.|row)$/.test(block.style)
            ? answer.split('\n').filter(Boolean)
            : type === 'address' && answer
              ? [answer.includes('\n') ? answer : answer.replace(/, /g, '\n')]
              : undefined;
        if (parts) {
          parts.forEach((text) => add(block, [{text, answer: true}]));
          continue;
        }
      }
      const pieces = [];
      // Words that change on a day are those of the date of the letter.
      const on = ({text, later}) =>
        later.reduce((now, [from, then]) => (date(from) <= written ? then : now), text);
      let fell = false;
      const push = (piece) => {
        if (piece.text) pieces.push(piece);
      };
      const runs = (list, strong, em) =>
        list.forEach((run) => {
          if (run.text !== undefined || run.dated) {
            let text = run.text ?? on(run.dated);
            const before = pieces[pieces.length - 1];
            if (!before || /[ \n]$/.test(before.text)) text = text.replace(/^ +/, '');
            if (before && before.answer && /[.!?]$/.test(before.text) && text[0] === '.')
              text = text.slice(1);
            push({text, strong, em});
          } else if (run.strong) runs(run.strong, true, em);
          else if (run.em) runs(run.em, strong, true);
          else if (run.field !== undefined) {
            const field = fields[run.field],
              answer = answers[run.field];
            if (answer === undefined) push({text: field.label, strong, em, blank: run.field});
            else {
              if (!answer) fell = true;
              push({
                text: field.type === 'address' ? answer.replace(/\n/g, ', ') : answer,
                strong,
                em,
                answer: true,
              });
            }
          } else {
            const {field, is, runs: inner} = run.when;
            const {choices, label} = fields[field];
            if (answers[field] === undefined) {
              const end = /[\p{Alphabetic}\p{N}]$/u.test(label) ? '.' : '';
              if (choices)
                push({text: `${label}${end} ${template.only_if} ${choices[is]}:`, tick: field});
            } else if (choices ? answers[field] !== choices[is] : !answers[field]) return;
            runs(inner, strong, em);
          }
        });
      runs(block.runs);
      if (fell && block.style === 'address') continue;
      for (
        let end = pieces[pieces.length - 1];
        end &&
        !end.answer &&
        end.blank === undefined &&
        end.tick === undefined &&
        / $/.test(end.text);
        end = pieces[pieces.length - 1]
      ) {
        end.text = end.text.replace(/ +$/, '');
        if (end.text) break;
        pieces.pop();
      }
      if (pieces.some(({text, tick}) => tick === undefined && /[^ \n]/.test(text)))
        add(block, pieces);
    }
    if (!below) return lines;
    // The same answers, with the months and the choices of that language.
    const said = fields.map(({type, choices}, at) => {
      const answer = answers[at];
      if (!answer) return answer;
      if (type === 'date') return second.inWords(date(answer));
      return choices ? below.fields[at].choices[choices.indexOf(answer)] : answer;
    });
    return lines.concat(second.fill(said));
  };

  // The length of a text message (src/letter/sms.rs).
  const length = (text) => {
    const {basic, extension, room} = template.sms;
    const all = [...text];
    const odd = [...new Set(all)].filter((c) => !(basic + extension).includes(c));
    const size = (c) => (odd[0] ? c.length : extension.includes(c) ? 2 : 1);
    const [one, each] = room[odd[0] ? 1 : 0];
    const characters = all.reduce((sum, c) => sum + size(c), 0);
    let parts = 1,
      used = 0;
    if (characters > one)
      all.forEach((c) => {
        if (used + size(c) > each) {
          parts++;
          used = 0;
        }
        used += size(c);
      });
    return {characters, parts, odd, one};
  };

  // Writes lines with the strings of a format (src/letter/marks.rs).
  const put = (pattern, values) =>
    pattern.replace(/\{(\w+)\}/g, (all, name) => values[name] ?? all);
  const escape = (text) =>
    text.replace(/[&<>"]/g, (c) => `&${{'&': 'amp', '<': 'lt', '>': 'gt', '"': 'quot'}[c]};`);
  const rightToLeft = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/;
  const write = (marks, lines) => {
    const words = (text) => (marks.escape ? escape(text) : text);
    const spaced = (line) =>
      marks.space
        ? words(line).replace(/^ +| +$| {2,}/g, (spaces) => marks.space.repeat(spaces.length))
        : words(line);
    const round = (style, end) => (marks.round[style] || ['', ''])[end];
    let out = '',
      open,
      own,
      other,
      id = 0,
      lists = 0;
    const piece = ({text, strong, em, answer, tick, blank}) => {
      const field = own[tick === undefined ? blank : tick];
      if (field) {
        return put(
          blank === undefined ? marks.tick : marks.blanks[field.type] || marks.blanks.other,
          {
            text: words(text),
            label: words(field.label),
            name: words(field.name),
            language: other || country,
            id: ++id,
            choices: (field.choices || [])
              .map((choice) => put(marks.choice, {choice: words(choice)}))
              .join(''),
          },
        );
      }
      let [turn, back] = rightToLeft.test(text) ? marks.turn : ['', ''];
      if (other) {
        turn += put(marks.other[0], {language: other});
        back = marks.other[1] + back;
      }
      text = text.split('\n').map(spaced).join(marks.newline);
      return put(marks.runs[(strong ? 1 : 0) + (em ? 2 : 0)], {
        text: answer ? put(marks.answer, {text}) : text,
        turn,
        back,
      });
    };
    const picture = (at) => {
      const own = pictures[at];
      return own
        ? put(marks.picture, {
            ...own,
            alt: words(own.alt),
            number: at + 1,
            id: ++id,
            height: Math.floor((marks.width * own.height) / own.width),
          })
        : '';
    };
    lines.forEach(({style, pieces, number, block}, at) => {
      other = block.language && (block.language.includes('-') ? block.language : `${block.language}-GB`);
      own = other ? below.fields : fields;
      if (open !== style) {
        out += round(open, 1) + round(style, 0);
        if (style === 'number') lists++;
        open = style;
      }
      const values = {
        picture: picture(block.picture),
        text: pieces.map(piece).join(''),
        list: lists + 1,
        number,
        subject: words(template.subject || ''),
        id: words(block.id || ''),
      };
      const next = lines[at + 1]?.style;
      const isKept = next === 'close' || (next === 'text' && lines[at - 1]?.style === 'close');
      out += put((isKept && marks.kept[style]) || marks.lines[style], values);
    });
    return out + round(open, 1);
  };

  // The checksum and the archive of src/letter/zip.rs.
  const bytes = (...numbers) =>
    numbers.flatMap(([value, size]) =>
      Array.from({length: size}, (_, n) => (value >>> (8 * n)) & 255),
    );
  const zip = (files) => {
    const parts = [],
      list = [];
    let at = 0;
    const add = (part) => {
      parts.push(part);
      at += part.length;
    };
    for (const [path, content] of files) {
      const name = new TextEncoder().encode(path),
        size = content.length;
      let crc = -1;
      for (const byte of content) {
        crc ^= byte;
        for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? 0xedb88320 ^ (crc >>> 1) : crc >>> 1;
      }
      const about = bytes(
        [20, 2],
        [0x800, 2],
        [0, 4],
        [0x21, 2],
        [~crc, 4],
        [size, 4],
        [size, 4],
        [name.length, 2],
        [0, 2],
      );
      list.push(bytes([0x02014b50, 4], [20, 2]).concat(about, bytes([0, 10], [at, 4])), name);
      add(bytes([0x04034b50, 4]).concat(about));
      add(name);
      add(content);
    }
    const start = at;
    list.forEach(add);
    add(
      bytes(
        [0x06054b50, 4],
        [0, 4],
        [files.length, 2],
        [files.length, 2],
        [at - start, 4],
        [start, 4],
        [0, 2],
      ),
    );
    const out = new Uint8Array(at);
    at = 0;
    for (const part of parts) {
      out.set(part, at);
      at += part.length;
    }
    return out;
  };

  // A document in a format: its bytes. Its title is its main heading.
  const save = (format, lines, large) => {
    const {marks, parts, folder, sizes} = formats[format];
    const heading = lines.find(({style}) => style === 'h1');
    const title = heading ? heading.pieces.map(({text}) => text).join('') : template.title;
    const values = {
      ...sizes[large ? 1 : 0],
      title: escape(title.replace(/\n/g, ' ')),
      body: write(marks, lines).replace(/\n+$/, ''),
    };
    const files = parts.map(([name, part]) => [name, new TextEncoder().encode(put(part, values))]);
    if (!files[1]) return new TextEncoder().encode(`${put(parts[0][1], values)}\n`);
    return zip(
      files.concat(
        pictures.map(({format, data}, at) => [
          `${folder}${at + 1}.${format}`,
          Uint8Array.from(atob(data), (c) => c.charCodeAt(0)),
        ]),
      ),
    );
  };

  return {read, rules, fill, length, write, save, inWords, plainName, escape};
};
