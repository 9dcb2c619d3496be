import type { Rewrite } from './evaluated-case.ts'

/**
 * The same note as another clinic, program or fax would produce it. The content stays, and so do the labels;
 * only the layout changes.
 */
export const rewrites: Readonly<Record<string, Rewrite>> = {
  capitals: (note) => note.toUpperCase(),
  'one paragraph': toOneParagraph,
  'hard wrap at 60': (note) => wrapLines(note, 60),
  'hard wrap at 80': (note) => wrapLines(note, 80),
  'usual abbreviations': abbreviate,
  'tables for lists': listsToTables,
  'check boxes for sentences': sentencesToBoxes,
  HTML: toHtml,
}

/** Adds a full stop to a line without one, because a scribe would not run two statements together. */
function toOneParagraph(note: string): string {
  return note
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .map((line) => (/[.:;,!?]$/.test(line) ? line : `${line}.`))
    .join(' ')
}

/** Lines in columns are not wrapped, because that would change the table. */
function wrapLines(note: string, width: number): string {
  return note
    .split('\n')
    .map((line) => (/\||\S {3,}\S|\t|\[[ xX]?\]|<\w/.test(line) ? line : wrapped(line, width)))
    .join('\n')
}

function wrapped(line: string, width: number): string {
  const lines: string[] = []
  let current = ''
  for (const word of line.split(' ')) {
    if (current !== '' && current.length + 1 + word.length > width) {
      lines.push(current)
      current = word
    } else current = current === '' ? word : `${current} ${word}`
  }
  return [...lines, current].join('\n')
}

/** Common abbreviations from public lists of medical abbreviations; longest first. */
const abbreviations: readonly (readonly [RegExp, string])[] = [
  [/\bno history of\b/gi, 'no h/o'],
  [/\bhistory of\b/gi, 'h/o'],
  [/\bshortness of breath\b/gi, 'SOB'],
  [/\bcomplains of\b/gi, 'c/o'],
  [/\bstatus post\b/gi, 's/p'],
  [/\bactivities of daily living\b/gi, 'ADLs'],
  [/\bhome exercise program\b/gi, 'HEP'],
  [/\bphysical therapy\b/gi, 'PT'],
  [/\brange of motion\b/gi, 'ROM'],
  [/\bblood pressure\b/gi, 'BP'],
  [/\bfollow[- ]up\b/gi, 'f/u'],
  [/\bwithout\b/gi, 'w/o'],
  [/\bwith\b/gi, 'w/'],
  [/\bweeks\b/gi, 'wks'],
  [/\bmonths\b/gi, 'mos'],
  [/\byears\b/gi, 'yrs'],
  [/\btreatment\b/gi, 'tx'],
  [/\bsymptoms\b/gi, 'sx'],
  [/\bbilateral\b/gi, 'b/l'],
  [/\bleft(?= (?:knee|hip|leg|foot|ankle|shoulder|arm)\b)/gi, 'L'],
  [/\bright(?= (?:knee|hip|leg|foot|ankle|shoulder|arm)\b)/gi, 'R'],
]

function abbreviate(note: string): string {
  return abbreviations.reduce((text, [words, short]) => text.replaceAll(words, short), note)
}

const bullet = /^[ \t]{0,20}(?:[-*•]|\d{1,2}[.)])[ \t]+(.*)$/

/**
 * Each sequence of list items becomes a table: `- Key: value` a row of two cells, another item a row with its
 * number.
 */
function listsToTables(note: string): string {
  let row = 0
  return note
    .split('\n')
    .map((line) => {
      const item = bullet.exec(line)?.[1]
      if (item === undefined || item.includes('|')) {
        row = 0
        return line
      }
      row += 1
      const [, key = '', value] = /^([^:]{2,40}): (.+)$/.exec(item) ?? []
      return value === undefined ? `| ${row} | ${item} |` : `| ${key} | ${value} |`
    })
    .join('\n')
}

/** "No fever." becomes "Fever: [ ] Yes [x] No"; longer statements are unchanged. */
function sentencesToBoxes(note: string): string {
  return note
    .split('\n')
    .map((line) =>
      line.includes('|') || line.includes('[')
        ? line
        : line.replaceAll(
            /(^|[.:] )(No|Denies|Has|Reports) ((?:[a-z]+ ){0,2}[a-z]+)\.(?= |$)/g,
            (whole, before: string, verb: string, thing: string) =>
              saysMore.test(thing)
                ? whole
                : `${before.trimEnd()}\n${capital(thing)}: ${verb === 'No' || verb === 'Denies' ? '[ ] Yes [x] No' : '[x] Yes [ ] No'}\n`,
          ),
    )
    .join('\n')
}

/** More than a name: a course, a comparison, a connection, a history. */
const saysMore =
  /\b(?:and|or|but|with|without|after|before|since|than|from|of|to|in|on|for|been|had|taken|tried|completed|seen|done|a|an|the|her|his|recent|new|change|relief|improvement|further|other|more|prior|previous|history)\b/

function capital(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1)
}

/** The HTML of a portal: each line a paragraph, each sequence of list items a list. HTML input is unchanged. */
function toHtml(note: string): string {
  if (/<\/?[a-z]+\b/i.test(note)) return note
  const parts: string[] = []
  let items: string[] = []
  const close = () => {
    if (items.length > 0) parts.push(`<ul>${items.map((one) => `<li>${one}</li>`).join('')}</ul>`)
    items = []
  }
  for (const line of note.split('\n')) {
    const text = escaped(line.trim())
    const item = bullet.exec(text)?.[1]
    if (item !== undefined) {
      items.push(item)
      continue
    }
    close()
    // Columns made with spaces survive only in preformatted text.
    if (/\S {3,}\S|\|/.test(line)) parts.push(`<pre>${escaped(line)}</pre>`)
    else if (text !== '') parts.push(`<p>${text}</p>`)
  }
  close()
  return `<html><body>\n${parts.join('\n')}\n</body></html>`
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}
