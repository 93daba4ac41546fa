// Postcodes, for those who have scripts: finds the team for one. What is typed stays in
// this page. flow-page.js and directory-page.js read postcodes with the first two of these.
'use strict';

// A postcode as the teams are listed: “NG|23 5AA”. O and 0, I and 1 are the same. Of half
// a postcode there is half, of anything else nothing.
const postcode = (typed) => {
  const text = typed.toUpperCase().replace(/O/g, 0).replace(/I/g, 1).replace(/[^A-Z\d]+/g, ' ').trim();
  const read = (end, text) => RegExp(`^([A-Z01][A-Z0]?)(\\d[A-Z\\d]?) ?(${end})$`).exec(text);
  const [, area, district, inward] = read('\\d[A-Z01]{2}', text.replace(/ /g, '')) || read('\\d?[A-Z01]{0,2}', text) || [];
  return area ? `${area}|${district} ${inward}` : '';
};
const isWhole = (code) => /\S{3}$/.test(code);

(() => {
  const data = find('look-up-data');
  if (!data) return;
  const {ask, councils, none, teams} = JSON.parse(data.textContent),
    keys = Object.keys(teams).sort((a, b) => b.length - a.length),
    tool = find('look-up-tool');
  tool.append(find('look-up-form').content);
  const form = tool.querySelector('form'),
    say = form.dataset,
    [council, noCouncil, , fault, box, result, title] = tool.querySelectorAll('[id]');
  council.hidden = !ask;
  if (ask) {
    find('look-up-first').hidden = true;
    council.firstChild.append(...linked(ask));
    council.append(...[...councils, none].map((value) => choice({type: 'radio', name: 'council', value}, value)));
  }

  form.onsubmit = (event) => {
    event.preventDefault();
    const chosen = ask && form.elements.council.value;
    const typed = box.value.replace(/[^a-z\d]/gi, '');
    const code = postcode(box.value);
    let team = 'elsewhere', wrong = '', answer = none;
    if (!ask || chosen !== none) {
      team = teams[keys.find((key) => code.startsWith(key))];
      answer = box.value.trim().toUpperCase();
      wrong = !typed ? say.missing
        : /^\d\d/.test(typed) || (!code && typed.length > 7) ? say.foreign
        // Half of it is enough only if the rest cannot lead elsewhere.
        : isWhole(code) || (team && keys.every((key) => !key.startsWith(code) || teams[key] === team)) ? ''
        : say.half;
    }
    result.hidden = true;
    noCouncil.textContent = ask && !chosen ? say.ask : '';
    fault.textContent = wrong;
    box.setAttribute('aria-invalid', !!wrong);
    if (ask && !chosen) return form.elements.council[0].focus();
    if (wrong) return box.focus();
    title.textContent = put(title.dataset.for, {answer});
    result.lastChild.replaceWith(copyOf(find(`team-${team || 'none'}`)));
    result.hidden = false;
    goTo(result);
  };
})();
