import { expect, it } from 'vitest'
import { fileSize } from './file-size.ts'
import { attachmentName } from './review-api.ts'

it.each([
  { given: 'report of MRI.pdf', type: 'pdf', name: 'report of MRI.pdf' },
  { given: 'C:\\scans\\a.png', type: 'png', name: 'a.png' },
  { given: '../../etc/passwd', type: 'pdf', name: 'passwd' },
  { given: 'דו״ח ‮gpj.pdf', type: 'pdf', name: 'דו״ח gpj.pdf' },
  { given: ' \u0000\n ', type: 'jpeg', name: 'file.jpeg' },
  { given: '', type: 'png', name: 'file.png' },
  { given: `${'a'.repeat(300)}.pdf`, type: 'pdf', name: `${'a'.repeat(195)}….pdf` },
  { given: 'b'.repeat(300), type: 'pdf', name: `${'b'.repeat(199)}…` },
] as const)('a file $given is named in one line without folders', ({ given, type, name }) => {
  expect(attachmentName(given, type)).toBe(name)
})

it.each([
  { bytes: 1, size: '1 KB' },
  { bytes: 245_760, size: '240 KB' },
  { bytes: 2_000_000, size: '1.9 MB' },
  { bytes: 10 * 1024 * 1024, size: '10 MB' },
])('$bytes bytes are $size', ({ bytes, size }) => {
  expect(fileSize(bytes)).toBe(size)
})
