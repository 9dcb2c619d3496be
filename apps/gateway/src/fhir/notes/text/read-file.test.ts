import { describe, expect, it } from 'vitest'
import { defaultTextLimits } from './note-text.ts'
import { readFile } from './read-file.ts'

const read = (source: string | Uint8Array, contentType?: string) =>
  readFile(
    typeof source === 'string' ? Buffer.from(source) : source,
    contentType,
    defaultTextLimits,
  )

async function textOf(source: string | Uint8Array, contentType?: string): Promise<string> {
  const content = await read(source, contentType)
  return content.kind === 'text' ? content.text : `unread: ${content.reason}`
}

const answers = ['No', 'Yes', 'Denies', 'Negative', 'Present'] as const
const findings = ['Leg weakness', 'Urinary retention', 'Foot drop'] as const
const asked = findings.flatMap((finding) => answers.map((answer) => ({ finding, answer })))

describe('a finding and its answer stay on one line', () => {
  const layouts: Readonly<Record<string, (finding: string, answer: string) => string>> = {
    cells: (finding, answer) => `<table><tr><td>${finding}</td><td>${answer}</td></tr></table>`,
    'cells without end tags': (finding, answer) => `<table><tr><td>${finding}<td>${answer}</table>`,
    'blocks in cells': (finding, answer) =>
      `<table><tr><td><p>${finding}</p></td><td><div>${answer}</div></td></tr></table>`,
    'a header cell for the row': (finding, answer) =>
      `<table><tr><th>${finding}</th><td>${answer}</td></tr><tr><th>Fever</th><td>x</td></tr></table>`,
    'a table in a table': (finding, answer) =>
      `<table><tr><td><table><tbody><tr><td>${finding}</td><td>${answer}</td></tr></tbody></table></td></tr></table>`,
    'a definition list': (finding, answer) => `<dl><dt>${finding}</dt><dd>${answer}</dd></dl>`,
    'a definition list of blocks': (finding, answer) =>
      `<dl><dt><p>${finding}</p><dd><p>${answer}</p></dl>`,
    'a row under the names of the findings': (finding, answer) =>
      `<table><tr><th>${finding}</th><th>Fever</th></tr><tr><td>${answer}</td><td>No</td></tr></table>`,
    'a stray end tag in a cell': (finding, answer) =>
      `<div><table><tr><td>${finding}</div></td><td>${answer}</td></tr></table></div>`,
  }

  it.each(
    Object.entries(layouts).flatMap(([layout, make]) =>
      asked.map(({ finding, answer }) => ({
        layout,
        finding,
        answer,
        html: make(finding, answer),
      })),
    ),
  )('$layout: $finding, $answer', async ({ html, finding, answer }) => {
    expect(await textOf(html, 'text/html')).toContain(`${finding}: ${answer}`)
  })

  it.each(asked)('RTF: $finding, $answer', async ({ finding, answer }) => {
    const rtf = `{\\rtf1\\ansi\\trowd\\cellx100\\pard\\intbl ${finding}\\cell ${answer}\\cell\\row\\pard After\\par}`

    expect(await textOf(rtf)).toBe(`${finding}: ${answer}\nAfter`)
  })

  it.each(asked)('C-CDA: $finding, $answer', async ({ finding, answer }) => {
    const xml = `<?xml version="1.0"?><ClinicalDocument xmlns="urn:hl7-org:v3"><component><section><title>Review of systems</title><text><table><tbody><tr><td>${finding}</td><td>${answer}</td></tr></tbody></table></text><entry><observation><text>${finding} coded</text></observation></entry></section></component></ClinicalDocument>`

    expect(await textOf(xml, 'text/xml')).toBe(`Review of systems\n${finding}: ${answer}`)
  })

  it.each([
    ['X', ''],
    ['', 'X'],
    ['☒', '☐'],
    ['<input type="checkbox">', '<input type="checkbox" checked>'],
    ['', '✓'],
  ])('a mark "%s" or "%s" under Yes and No is that word', async (yes, no) => {
    const html = `<table><tr><th>Symptom</th><th>Yes</th><th>No</th></tr><tr><td>Leg weakness</td><td>${yes}</td><td>${no}</td></tr></table>`
    const isNo = /X|✓|checked/.test(no)

    expect(await textOf(html, 'text/html')).toBe(
      `Symptom | Yes | No\nLeg weakness: ${isNo ? 'No' : 'Yes'}`,
    )
  })

  it('keeps an empty cell in its column, so that an end date is not read as a start date', async () => {
    const html =
      '<table><tr><th>Drug<th>Start<th>Stop<tr><td>leflunomide<td><td>03/01/2026<tr><td>methotrexate<td>01/10/2026<td></table>'

    expect(await textOf(html, 'text/html')).toBe(
      'Drug | Start | Stop\n--- | --- | ---\nleflunomide |  | 03/01/2026\nmethotrexate | 01/10/2026 |',
    )
  })

  it('an unanswered question becomes an empty box', async () => {
    const html = '<table><tr><th>Symptom<th>Yes<th>No<tr><td>Leg weakness<td><td></table>'

    expect(await textOf(html, 'text/html')).toContain('[ ] Leg weakness')
  })
})

describe('text that a page does not show is not read', () => {
  const ways: readonly string[] = [
    '<p style="display:none">HIDDEN</p>',
    '<p style="color: red; DISPLAY : none !important">HIDDEN</p>',
    '<div style="visibility:hidden"><p>HIDDEN</p></div>',
    '<span style="font-size:0">HIDDEN</span>',
    '<span style="font-size: 0px;">HIDDEN</span>',
    '<span style="mso-hide:all">HIDDEN</span>',
    '<span hidden>HIDDEN</span>',
    '<!-- HIDDEN -->',
    '<script>var a = "<p>HIDDEN</p>"</script>',
    '<style>.a { content: "HIDDEN" }</style>',
    '<template><p>HIDDEN</p></template>',
    '<head><title>HIDDEN</title></head>',
    '<style>.gone { display: none }</style><p class="b gone">HIDDEN</p>',
    '<s>HIDDEN</s>',
    '<strike>HIDDEN</strike>',
    '<del>HIDDEN</del>',
    '<span style="text-decoration: underline line-through">HIDDEN</span>',
    '<span style="text-decoration-line:line-through">HIDDEN</span>',
    '<table style="display:none"><tr><td>HIDDEN</td></tr></table>',
    '<table><tr style="display:none"><td>HIDDEN</td></tr></table>',
    '<p style="display:none">HIDDEN<p>',
    '<input type="hidden" value="HIDDEN">',
    '<select><option>HIDDEN</option></select>',
  ]

  it.each(ways)('%s', async (way) => {
    expect(await textOf(`<div>Before ${way}<p>After</p></div>`, 'text/html')).toBe('Before\nAfter')
  })

  it('but text that is only hidden from screen readers is', async () => {
    expect(await textOf('<p>No <b aria-hidden="true">weakness</b></p>', 'text/html')).toBe(
      'No weakness',
    )
  })

  it.each(['\\strike', '\\striked', '\\deleted', '\\v'])('RTF: %s', async (word) => {
    expect(await textOf(`{\\rtf1 A {${word} HIDDEN}b ${word} HIDDEN${word}0  c\\par}`)).toBe(
      'A b  c',
    )
  })
})

describe('tick boxes', () => {
  it.each([
    ['<input type="checkbox"> A <input type=checkbox checked> B', '[ ] A [x] B'],
    ['<input type="radio" checked="checked"/> A <input type="radio"/> B', '[x] A [ ] B'],
    ['<label>A <input type="checkbox" checked></label>', '[x] A'],
    ['<label for="a">A</label> <input id="a" type="checkbox">', '[ ] A'],
    ['☐ A ☑ B ☒ C', '[ ] A [x] B [x] C'],
    ['&#9744; A &#x2611; B', '[ ] A [x] B'],
    ['<span role="checkbox" aria-checked="true"></span> A', '[x] A'],
    ['<img src="a.png" alt="unchecked"> A <img src="b.png" alt="checked"> B', '[ ] A [x] B'],
  ])('%s', async (html, text) => {
    expect(await textOf(`<p>${html}</p>`, 'text/html')).toBe(text)
  })

  it.each([
    ["{\\f1\\'a8} A {\\f1\\'fe} B", '[ ] A [x] B'],
    ['\\u9744? A \\u9746? B', '[ ] A [x] B'],
    ['\\u-3928? A', '[ ] A'],
    [
      '{\\field{\\*\\fldinst FORMCHECKBOX {\\*\\formfield{\\fftype1\\ffres25\\ffdefres1}}}{\\fldrslt}}A',
      '[x] A',
    ],
    [
      '{\\field{\\*\\fldinst FORMCHECKBOX {\\*\\formfield{\\fftype1\\ffres0}}}{\\fldrslt}}A',
      '[ ] A',
    ],
    ['{\\field{\\*\\fldinst SYMBOL 168 \\\\f "Wingdings"}{\\fldrslt}} A', '[ ] A'],
  ])('RTF: %s', async (rtf, text) => {
    const fonts = '{\\fonttbl{\\f0 Arial;}{\\f1\\fcharset2 Wingdings;}}'

    expect(await textOf(`{\\rtf1\\ansi${fonts}\\f0 ${rtf}}`)).toBe(text)
  })
})

describe('lines', () => {
  it.each([
    ['<p>A<br>B</p><p>C</p>', 'A\nB\nC'],
    ['<h2>Plan</h2>A', 'Plan\nA'],
    ['A<h2>Plan</h2>B', 'A\n\nPlan\nB'],
    ['<ul><li>A<li><p>B</p><ul><li>C</ul></ul>D', '- A\n- B\n  - C\nD'],
    ['<pre>A\n  B</pre>', 'A\n  B'],
    ['<div style="white-space: pre-wrap">A\nB</div>', 'A\nB'],
    ['<td>A</td> B', 'A\nB'],
    [
      'a&nbsp;b&#160;c&#xA0;d &amp; isn&#x27;t isn&#39;t isn&apos;t isn&rsquo;t &lt;3',
      "a b c d & isn't isn't isn't isn't <3",
    ],
    ['foot&shy;drop re\u200Btention', 'footdrop retention'],
  ])('%s', async (html, text) => {
    expect(await textOf(`<body>${html}</body>`, 'text/html')).toBe(text)
  })
})

describe('charsets', () => {
  const note = 'Left foot drop – isn’t new. Café.'
  const utf16le = Buffer.from(note, 'utf16le')
  const utf16be = Buffer.from(utf16le).swap16()
  const windows = Buffer.from(note.replace('–', '\x96').replace('’', '\x92'), 'latin1')

  it.each<[string, Uint8Array, string | undefined]>([
    ['UTF-8', Buffer.from(note), 'text/plain'],
    [
      'UTF-8 with a byte order mark',
      Buffer.from(`\uFEFF${note}`),
      'text/plain; charset=iso-8859-1',
    ],
    ['UTF-16 as declared', utf16le, 'text/plain; charset=utf-16le'],
    ['UTF-16 in quotation marks', utf16le, 'text/plain;charset="UTF-16"'],
    ['UTF-16 that is declared as nothing', utf16le, undefined],
    ['UTF-16BE that is declared as UTF-8', utf16be, 'text/plain; charset=utf-8'],
    ['UTF-16 with a byte order mark', Buffer.from(`\uFEFF${note}`, 'utf16le'), 'text/plain'],
    [
      'UTF-16BE with a byte order mark',
      Buffer.from(`\uFEFF${note}`, 'utf16le').swap16(),
      'text/plain',
    ],
    ['windows-1252 as declared', windows, 'text/plain; charset=windows-1252'],
    ['windows-1252 that is declared as latin1', windows, 'text/plain; charset=ISO-8859-1'],
    ['windows-1252 that is declared as nothing', windows, 'text/plain'],
    ['windows-1252 that is declared as UTF-8', windows, 'text/plain; charset=utf-8'],
    ['base64 of the note', Buffer.from(Buffer.from(note).toString('base64')), 'text/plain'],
  ])('%s', async (_, bytes, contentType) => {
    const text = await textOf(bytes, contentType)

    if (_ === 'base64 of the note') expect(text).not.toBe('')
    else expect(text).toBe(note.replace('’', "'"))
  })

  it.each([
    ['a NUL', 'A\0B', 'AB'],
    ['half of a surrogate pair', '<p>A&#xD800;B</p>', 'A\uFFFDB'],
    ['a reference to NUL', '<p>A&#0;B</p>', 'A\uFFFDB'],
    ['a reference beyond Unicode', '<p>A&#x110000;B</p>', 'A\uFFFDB'],
    ['half of a pair in RTF', '{\\rtf1 A\\u-10240?B}', 'A\uFFFDB'],
  ])('%s becomes text that a database can store', async (_, source, text) => {
    expect(await textOf(source)).toBe(text)
  })
})

describe('the detected type decides how a file is read', () => {
  const html = '<html><body><p>Left foot <b>drop</b></p></body></html>'
  const rtf = '{\\rtf1\\ansi Left foot drop\\par}'

  it.each<[string, string | undefined]>([
    [html, 'text/plain'],
    [html, undefined],
    [html, 'application/octet-stream'],
    ['<p>Left foot drop</p>', 'text/plain'],
    ['Left foot <b>drop</b>', 'text/plain'],
    [rtf, 'text/plain'],
    [rtf, 'application/rtf'],
    [rtf, 'text/html'],
    [rtf, undefined],
    [Buffer.from(rtf).toString('base64'), 'application/rtf'],
    [Buffer.from('Left foot drop').toString('base64').padEnd(24, '='), 'text/html'],
    ['Left foot drop', 'text/rtf'],
    ['Left foot drop', 'application/pdf'],
    ['Left foot drop', undefined],
  ])('%s, declared as %s', async (source, contentType) => {
    const text = await textOf(source, contentType)

    if (/^[A-Za-z0-9+/=]+$/.test(source) && source.length < 30) expect(text).toBe(source)
    else expect(text).toBe('Left foot drop')
  })

  it.each<[string, Uint8Array, string | undefined]>([
    ['text that begins like a PDF', Buffer.from('%PDF-1.4 (binary) ...'), undefined],
    ['a PDF that is declared as text', Buffer.from('%PDF-1.7\n%âãÏÓ\n1 0 obj'), 'text/plain'],
    [
      'a PNG that is declared as text',
      Buffer.from('\x89PNG\r\n\x1A\n....', 'latin1'),
      'text/plain',
    ],
    ['a JPEG', Buffer.from([0xff, 0xd8, 0xff, 0xe0, 1, 2, 3]), 'image/jpeg'],
    ['a Word file', Buffer.from('PK\x03\x04....'), 'application/msword'],
    [
      'an old Word file',
      Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]),
      'text/plain',
    ],
    [
      'random bytes',
      Uint8Array.from({ length: 5000 }, (_, index) => (index * 7919) % 256),
      'text/plain',
    ],
    [
      'a PNG in base64',
      Buffer.from(Buffer.from('\x89PNG\r\n\x1A\n................', 'latin1').toString('base64')),
      'text/plain',
    ],
    ['JSON', Buffer.from('{"a": 1}'), 'application/json'],
    ['an empty file', Buffer.from(' \n'), 'text/plain'],
    ['a page of pictures', Buffer.from('<html><img src="a.png"></html>'), 'text/html'],
    [
      'XML without a narrative',
      Buffer.from('<?xml version="1.0"?><a><b>1</b></a>'),
      'application/xml',
    ],
    [
      'truncated XML',
      Buffer.from('<ClinicalDocument xmlns="urn:hl7-org:v3"><section><text>No weakn'),
      'text/xml',
    ],
  ])('%s is unread', async (_, bytes, contentType) => {
    expect(await read(bytes, contentType)).toMatchObject({
      kind: 'unread',
      reason: expect.stringMatching(/\w/),
    })
  })

  it('truncated RTF is partly unread', async () => {
    expect(await read('{\\rtf1 No fever. Left foot')).toMatchObject({
      kind: 'text',
      unreadParts: [{ reason: 'is truncated RTF' }],
    })
  })

  it('a file in a C-CDA document is read by its detected type', async () => {
    const xml = `<ClinicalDocument xmlns="urn:hl7-org:v3"><component><nonXMLBody><text mediaType="application/rtf" representation="B64">${Buffer.from(rtf).toString('base64')}</text></nonXMLBody></component></ClinicalDocument>`

    expect(await textOf(xml)).toBe('Left foot drop')
  })

  it('text past the character limit is an unread part', async () => {
    const content = await readFile(Buffer.from('Left foot drop'), 'text/plain', {
      ...defaultTextLimits,
      maxCharacters: 9,
    })

    expect(content).toMatchObject({
      text: 'Left foot',
      unreadParts: [{ reason: 'longer than 9 characters' }],
    })
  })
})

describe('a cell that spans rows', () => {
  it.each([
    {
      name: 'in front',
      html: '<table><tr><td rowspan=2>Denies</td><td>fever</td></tr><tr><td>urinary retention</td></tr></table>',
      line: 'Denies: urinary retention',
    },
    {
      name: 'behind',
      html: '<table><tr><td>Foot drop</td><td rowspan="2">No</td></tr><tr><td>Urinary retention</td></tr></table>',
      line: 'Urinary retention: No',
    },
    {
      name: 'between',
      html: '<table><tr><td>a</td><td rowspan=2>No</td><td>x</td></tr><tr><td>b</td><td>y</td></tr></table>',
      line: 'b | No | y',
    },
  ])('is repeated in each of its rows: $name', async ({ html, line }) => {
    expect(await textOf(html, 'text/html')).toContain(line)
  })

  it('is not repeated for a row without cells, nor past its rows', async () => {
    const html =
      '<table><tr><td rowspan=2>Denies</td><td>fever</td></tr><tr><td>chills</td></tr><tr><td>Has</td><td>foot drop</td></tr></table>'

    expect(await textOf(html, 'text/html')).toBe('Denies: fever\nDenies: chills\nHas: foot drop')
  })
})

describe('typography', () => {
  it.each([
    { name: 'a curly apostrophe', source: 'There isn\u2019t any foot drop.' },
    { name: 'a modifier letter', source: 'There isn\u02BCt any foot drop.' },
    {
      name: 'windows-1252',
      source: Buffer.from('There isn\x92t any foot drop.', 'latin1'),
    },
    { name: 'an entity', source: '<p>There isn&rsquo;t any foot drop.</p>', type: 'text/html' },
    {
      name: 'RTF',
      source: String.raw`{\rtf1\ansi There isn\u8217?t any foot drop.}`,
      type: 'text/rtf',
    },
  ])('is read as plain apostrophes: $name', async ({ source, type }) => {
    expect(await textOf(source, type ?? 'text/plain')).toBe("There isn't any foot drop.")
  })

  it('leaves out text that Markdown strikes out', async () => {
    expect(await textOf('Gait normal. ~~Left foot drop.~~ Strength 5/5.', 'text/plain')).toBe(
      'Gait normal.   Strength 5/5.',
    )
  })
})
