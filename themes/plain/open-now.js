// Whether a service is open now: by its hours and the days on which it is closed, and by the
// time and the bank holidays of this country, whatever the device shows. What nobody can be
// sure of is never said to be open.

const opening = (() => {
  const words = find('open-now').dataset,
    {years, holidays, doubtful, days, months, halves, midnight} = JSON.parse(words.calendar),
    two = '2-digit',
    watch = new Intl.DateTimeFormat('en-GB', {
      timeZone: 'Europe/London', hourCycle: 'h23', year: 'numeric', month: two, day: two, hour: two, minute: two,
    });

  // Today and the minute of it. Days are counted from 1970, which began on a Thursday.
  const now = () => {
    const part = {};
    watch.formatToParts(new Date()).forEach(({type, value}) => (part[type] = +value));
    return [Date.UTC(part.year, part.month - 1, part.day) / 864e5, (part.hour % 24) * 60 + part.minute];
  };
  const written = (day) => new Date(day * 864e5).toISOString().slice(0, 10);
  const weekday = (day) => (day + 3) % 7;
  const isKnown = (day) => years.includes(written(day).slice(0, 4));
  const clock = (minutes) => {
    if (minutes === 1440) return midnight;
    const [hour, rest] = [Math.floor(minutes / 60), minutes % 60].map((part) => ('0' + part).slice(-2));
    return halves ? `${hour % 12 || 12}${+rest ? '.' + rest : ''}${halves[+(hour > 11)]}` : `${hour}:${rest}`;
  };

  const slots = ({h}, day) => h.filter(([days]) => (days >> weekday(day)) & 1);
  // 2 on a day when it keeps its hours, 0 when it is closed, 1 when nobody can be sure.
  const keeps = ({h, d = [], b}, day) => {
    const date = written(day);
    if (d.some(([from, to]) => from <= date && date <= to)) return 0;
    // Those that are there every day, and say nothing of bank holidays, are there on them too.
    if (!b && h.reduce((all, [days]) => all | days, 0) === 127) return 2;
    if (holidays.includes(date)) return b ? 0 : 1;
    return isKnown(day) && !doubtful.includes(date) ? 2 : 1;
  };
  const doubt = (day) => (isKnown(day) ? words.holiday : put(words.unknown, {year: written(day).slice(0, 4)}));

  const opening = (entry) => {
    const [today, minute] = now();
    const current = today * 1440 + minute;
    // Open since today, or still open since yesterday.
    for (const start of [today, today - 1])
      for (const [, from, to, note] of slots(entry, start)) {
        let end = start * 1440 + to;
        const sure = [today, start].map((day) => keeps(entry, day));
        if (current < start * 1440 + from || current >= end || sure.includes(0)) continue;
        if (sure.includes(1)) return {text: doubt(sure[0] === 1 ? today : start)};
        // It closes later if it opens again at once, and nobody can say when if the day after
        // midnight is not sure.
        for (let next = 1; next && end - current < 1440; ) {
          const day = Math.floor(end / 1440);
          next = keeps(entry, day) > 1 && slots(entry, day).find(([, from, , other]) => from === end % 1440 && other === note);
          if (next) end = day * 1440 + next[2];
        }
        const isSure = end - current < 1440 && keeps(entry, Math.floor((end - 1) / 1440)) > 1;
        const text = isSure ? put(words.until, {time: clock(end % 1440 || 1440)}) : words.open;
        return {isOpen: true, text: text + (note ? ` (${note})` : '')};
      }
    for (let day = today; day < today + 60; day++) {
      const from = Math.min(...slots(entry, day).map(([, from]) => (day > today || from > minute ? from : Infinity)));
      const sure = from < Infinity && keeps(entry, day);
      if (sure === 1) break;
      if (!sure) continue;
      const [, month, date] = written(day).split('-');
      const name = days[weekday(day)] + (day - today < 7 ? '' : ` ${+date} ${months[month - 1]}`);
      return {text: put(words[['today', 'tomorrow'][day - today] || 'day'], {time: clock(from), day: name})};
    }
    return {text: words.closed};
  };

  // What is said goes on being right while the page is open.
  const told = new Map();
  const tell = (part, entry) => {
    told.set(part, entry);
    part.textContent = opening(entry).text;
    part.hidden = false;
  };
  const again = () => told.forEach((entry, part) => (part.isConnected ? tell(part, entry) : told.delete(part)));
  setInterval(again, 2e4);
  addEventListener('pageshow', again);
  document.addEventListener('visibilitychange', again);
  document.querySelectorAll('[data-opening]').forEach((part) => tell(part, JSON.parse(part.dataset.opening)));

  // Why nothing is sure today; nothing on other days.
  return Object.assign(opening, {tell, doubt: () => !isKnown(now()[0]) && doubt(now()[0])});
})();
