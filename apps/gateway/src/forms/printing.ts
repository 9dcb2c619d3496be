import type { PDFFont } from '@cantoo/pdf-lib'
import type { FillReport } from './fill-report.ts'
import type { Measure } from './paper/fit-text.ts'
import { charactersOf, measureOnce } from './paper/font.ts'
import { omission, plainText, renderable } from './paper/plain-text.ts'

/** Prepares texts so that the font of a form can print them. */
export class Printing {
  readonly font: PDFFont
  readonly measure: Measure
  readonly #known: ReadonlySet<number>
  readonly #report: FillReport

  constructor(font: PDFFont, report: FillReport) {
    this.font = font
    this.measure = measureOnce(font)
    this.#known = charactersOf(font)
    this.#report = report
  }

  render(raw: string): { readonly text: string; readonly isWhole: boolean } {
    return renderable(plainText(raw), this.#known)
  }

  /** As a box of one line shows it. */
  inLine(raw: string): string {
    return oneLine(this.render(raw).text)
  }

  /** Running text: what the font lacks is left out, and a notice says so. */
  inText(raw: string, label: string): string {
    const { text, isWhole } = this.render(raw)
    if (!isWhole && !this.#report.unrenderable.includes(label)) {
      this.#report.unrenderable.push(label)
      this.#report.notices.push(
        `${label} has characters that the form cannot print; ${omission} stands for each`,
      )
    }
    return text
  }
}

export function oneLine(text: string): string {
  return text.replaceAll(/\s*\n\s*/g, ' ')
}
