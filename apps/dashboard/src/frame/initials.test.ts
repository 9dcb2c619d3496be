import { expect, it } from 'vitest'
import { initialsOf } from './initials.ts'

it.each([
  ['Ada Okafor, MD', 'AO'],
  ['A. Okafor', 'AO'],
  ['Jordan Ruiz', 'JR'],
  ['María de la Cruz Núñez, PA-C', 'MN'],
  ['desk', 'D'],
  ['(front) desk 2', 'FD'],
  ['ليلى حداد', 'لح'],
  ['é́ma x', 'É́X'],
  ['4711', '?'],
])('takes the initials of %s', (label, initials) => expect(initialsOf(label)).toBe(initials))
