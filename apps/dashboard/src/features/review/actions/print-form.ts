import { toPrint } from '../../../api/client.ts'

/** Opens the browser's print dialog for the form, in a frame that is not shown. */
export function printForm(url: string): void {
  const id = 'printed-form'
  document.getElementById(id)?.remove()
  const frame = document.createElement('iframe')
  frame.id = id
  frame.title = 'The form, for printing'
  frame.setAttribute('aria-hidden', 'true')
  frame.tabIndex = -1
  frame.style.cssText = 'position:fixed;width:0;height:0;border:0'
  frame.addEventListener('load', () => frame.contentWindow?.print())
  frame.src = toPrint(url)
  document.body.append(frame)
}
