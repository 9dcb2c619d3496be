/** Small files that a reader of PDFs may never finish with, by what they are. */
export function hostilePdfs() {
  return {
    'numbers of two billion bytes': aPdf(
      page,
      stream(7, '/Type/XRef/Root 1 0 R/Size 20/W[1 2000000000 1]/Index[0 2]'),
    ),
    'an index of two billion objects': aPdf(
      page,
      stream(7, '/Type/XRef/Root 1 0 R/Size 2000000000/W[0 0 0]/Index[0 2000000000]'),
    ),
    'pages that are their own parts': aPdf(
      '1 0 obj<</Type/Catalog/Pages 2 0 R/AcroForm<</Fields[]>>>>endobj\n',
      '2 0 obj<</Type/Pages/Kids[2 0 R 2 0 R]/Count 2>>endobj\n',
    ),
    'twice the same pages, forty times over': aPdf(
      '1 0 obj<</Type/Catalog/Pages 10 0 R/AcroForm<</Fields[]>>>>endobj\n',
      ...doubled((next) => `<</Type/Pages/Kids[${next} 0 R ${next} 0 R]/Count 1>>`),
      '50 0 obj<</Type/Page/MediaBox[0 0 9 9]>>endobj\n',
    ),
    'twice the same fields, forty times over': aPdf(
      '1 0 obj<</Type/Catalog/Pages 2 0 R/AcroForm<</Fields[10 0 R]>>>>endobj\n',
      '2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n',
      '3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]>>endobj\n',
      ...doubled((next) => `<</T(a)/Kids[${next} 0 R ${next} 0 R]>>`),
      '50 0 obj<</T(x)/FT/Tx>>endobj\n',
    ),
    'fields that are their own parents': aPdf(
      page.replace('Fields[]', 'Fields[5 0 R]'),
      '5 0 obj<</T(a)/Kids[6 0 R]>>endobj\n',
      '6 0 obj<</T(b)/FT/Tx/Parent 6 0 R/Kids[5 0 R]>>endobj\n',
    ),
    'arrays in arrays': aPdf(`1 0 obj<</Type/Catalog/Pages 2 0 R/AcroForm ${'['.repeat(100_000)}`),
  } satisfies Readonly<Record<string, Uint8Array>>
}

const page = `1 0 obj<</Type/Catalog/Pages 2 0 R/AcroForm<</Fields[]>>>>endobj
2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj
3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R>>endobj
`

const stream = (number: number, dict: string) =>
  `${number} 0 obj<<${dict}/Length 0>>stream\n\nendstream endobj\n`

const doubled = (object: (next: number) => string) =>
  Array.from({ length: 40 }, (_, index) => `${index + 10} 0 obj${object(index + 11)}endobj\n`)

const aPdf = (...objects: readonly string[]): Uint8Array =>
  Buffer.from(`%PDF-1.7\n${objects.join('')}trailer<</Root 1 0 R/Size 10>>\nstartxref\n0\n%%EOF\n`)
