import axe from 'axe-core'
import type { Page } from 'playwright-core'

/** WCAG 2.2 AA, and what axe-core calls best practice. */
const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']

/**
 * What axe-core finds wrong, in light and in dark. The policy of the page forbids script elements, so it is evaluated.
 *
 * @param picturePath keeps a picture of both, as `NAME-light.png` and `NAME-dark.png`
 */
export async function accessibilityProblems(
  page: Page,
  picturePath?: string,
): Promise<readonly string[]> {
  await page.evaluate(axe.source)
  const problems: string[] = []
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme })
    if (picturePath !== undefined)
      await page.screenshot({ path: `${picturePath}-${colorScheme}.png` })
    const found = (await page.evaluate(
      `axe.run(document, { runOnly: ${JSON.stringify(rules)} })
        .then(({ violations }) => violations.flatMap(({ id, nodes }) => nodes.map(({ html, failureSummary }) => id + ': ' + html.slice(0, 200) + ' ' + failureSummary)))`,
    )) as string[]
    problems.push(...found.map((problem) => `${colorScheme} ${problem}`))
  }
  await page.emulateMedia({ colorScheme: 'light' })
  return problems
}
