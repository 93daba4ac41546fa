// Postcodes, for those who have scripts: finds the team for one. What is typed stays in
// this page. The questions of flow-page.js read postcodes with the first two of these.
'use strict';

// A postcode as the teams are listed: “NG|23 5AA”. O and 0, I and 1 are the same. Of half
// a postcode there is half, of anything else nothing.
const postcode = (typed) => {
  const text = typed.toUpperCase().replace(/O/g, 0).replace(/I/g, 1).replace(/[^A-Z\d]+/g, ' ').trim();
  const start = '^([A-Z01][A-Z0]?)(\\d[A-Z\\d]?) ?';
  const read = (end, text) => RegExp(`${start}(${end})$`).exec(text);
  const parts = read('\\d[A-Z01]{2}', text.replace(/ /g, '')) || read('\\d?[A-Z01]{0,2}', text);
  return parts ? `${parts[1]}|${parts[2]} ${parts[3]}` : '';
};
const isWhole = (code) => /\S{3}$/.test(code);

(() => {
  const data = find('look-up-data');
  if (!data) return;
  const {ask, councils, none, teams} = JSON.parse(data.textContent);
  const tool = find('look-up-tool');
  tool.append(find('look-up-form').content);
  const form = tool.querySelector('form'),
    say = form.dataset,
    [council, noCouncil, , fault, box, result, title] = tool.querySelectorAll('[id]');
  council.hidden = !ask;
  if (ask) {
    find('look-up-first').hidden = true;
    council.firstElementChild.textContent = ask;
    council.append(...[...councils, none].map((value) => choice({type: 'radio', name: 'council', value}, value)));
  }

  form.onsubmit = (event) => {
    event.preventDefault();
    const chosen = ask && form.elements.council.value;
    const code = postcode(box.value);
    const typed = box.value.replace(/[^a-z\d]/gi, '');
    let team = 'elsewhere', wrong = '', answer = none;
    if (chosen !== none) {
      const keys = Object.keys(teams);
      const [key] = keys.filter((key) => code.startsWith(key)).sort((a, b) => b.length - a.length);
      team = teams[key];
      answer = box.value.trim().toUpperCase();
      if (!code) wrong = !typed ? say.missing : typed.length > 7 || /^\d\d/.test(typed) ? say.foreign : say.half;
      // Half of it is enough only if the rest cannot lead elsewhere.
      else if (!isWhole(code) && (!team || keys.some((key) => key.startsWith(code) && teams[key] !== team)))
        wrong = say.half;
    }
    complain(noCouncil, chosen === '' ? say.ask : '');
    complain(fault, wrong);
    box.setAttribute('aria-invalid', !!wrong);
    if (chosen === '') return form.elements.council[0].focus();
    if (wrong) return box.focus();
    title.textContent = put(title.dataset.for, {answer});
    result.lastElementChild.replaceWith(copyOf(find(`team-${team || 'none'}`)));
    result.hidden = false;
    result.focus();
  };
})();
