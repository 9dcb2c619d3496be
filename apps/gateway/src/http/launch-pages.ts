import type { LaunchRefusal } from '../launch/launch-errors.ts'

/** Pages of a launch: plain HTML, because nobody is signed in yet and they may stand in a narrow frame. */

interface LaunchPage {
  readonly title: string
  readonly text: string
  readonly act?: { readonly label: string; readonly href: string }
}

const again = 'Open AuthScript again from the chart.'

/** What a person reads, and does then. */
const words: Readonly<Record<LaunchRefusal, readonly [title: string, text: string]>> = {
  launch_issuer_unknown: [
    'This EHR is not connected',
    'AuthScript was opened by an EHR that it does not know. Ask whoever runs AuthScript to add it.',
  ],
  launch_request_invalid: [
    'AuthScript cannot be opened like this',
    `The EHR opened AuthScript with an address that is incomplete. ${again}`,
  ],
  launch_state_unknown: [
    'This sign-in is over',
    `It was finished already, took longer than ten minutes, or began in another browser. ${again}`,
  ],
  launch_ehr_unavailable: [
    'The EHR does not answer',
    `AuthScript could not ask the EHR who you are. Wait a moment. ${again}`,
  ],
  launch_ehr_unusable: [
    'The EHR cannot sign you in',
    'What the EHR sent cannot be used. Ask whoever runs AuthScript to look at its log.',
  ],
  launch_ehr_refused: [
    'The EHR did not sign you in',
    `You were not signed in, or AuthScript was not allowed. ${again}`,
  ],
  launch_code_refused: [
    'The EHR did not confirm your sign-in',
    `Nobody was signed in. ${again} If it happens again, ask whoever runs AuthScript to look at its log.`,
  ],
  launch_id_token_invalid: [
    'Your sign-in could not be verified',
    'What the EHR sent about you is not valid, so nobody was signed in. Ask whoever runs AuthScript to look at its log.',
  ],
  launch_user_unusable: [
    'AuthScript is for people who work in the practice',
    'The EHR signed in somebody else, a patient perhaps.',
  ],
  launch_person_unknown: [
    'You are not known here',
    'The EHR signed you in, but nobody has given you access to AuthScript. Ask whoever runs AuthScript to add you.',
  ],
  launch_name_taken: [
    'Somebody here has your name already',
    'The EHR signed you in, but AuthScript does not know whether you are the same person. Ask whoever runs AuthScript to link your account.',
  ],
  account_disabled: [
    'Your account is disabled',
    'The EHR signed you in, but your access to AuthScript was ended. Ask an administrator of your practice.',
  ],
  practice_missing: [
    'Your account belongs to no practice yet',
    'The EHR signed you in, but you may see no chart here. Ask an administrator of your practice.',
  ],
  launch_practice_foreign: [
    'This chart belongs to another practice',
    'You may not see it here, or you do not belong to the practice that opened it.',
  ],
  launch_practice_unknown: [
    'Your practice is not connected',
    'The EHR opened AuthScript from a practice that AuthScript does not know. Nothing is shown. Ask whoever runs AuthScript to add the practice.',
  ],
  launch_practice_ambiguous: [
    'AuthScript cannot tell which practice this is',
    'The EHR named no patient, and several practices use its address. Open AuthScript from a chart.',
  ],
  launch_context_conflict: [
    'The EHR and AuthScript disagree about this encounter',
    'The EHR names another patient for this encounter than it was registered for. Nothing is shown. Check the registration of the encounter.',
  ],
}

export function refusalPage(code: LaunchRefusal): string {
  const [title, text] = words[code]
  return pageOf({ title, text })
}

/** The browser keeps no cookie in the frame: the launch continues in its own window; it was not used yet. */
export function blockedInFramePage(address: string): string {
  return pageOf({
    title: 'Open AuthScript in its own window',
    text: 'Your browser does not let AuthScript store a cookie while the EHR shows it, so you cannot be signed in here.',
    act: { label: 'Open in a new window', href: address },
  })
}

export function unavailablePage(): string {
  return pageOf({
    title: 'AuthScript is not available now',
    text: `Wait a moment. ${again}`,
  })
}

export function blockedPage(): string {
  return pageOf({
    title: 'Your browser does not store AuthScript’s cookies',
    text: `Without a cookie nobody can be signed in. Allow cookies for this address. ${again}`,
  })
}

function pageOf({ title, text, act }: LaunchPage): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${escaped(title)} – AuthScript</title>
<style>
body { margin: 0; padding: 1.5rem 1rem; font: 1rem/1.5 system-ui, sans-serif; background: light-dark(#f6f7f9, #14171b); color: light-dark(#1b1f24, #e6e8eb) }
main { max-width: 32rem; margin: 0 auto; padding: 1rem 1.25rem; border: 1px solid light-dark(#d5dae0, #363c45); border-radius: .75rem; background: light-dark(#fff, #1c2026); overflow-wrap: anywhere }
h1 { margin: 0 0 .5rem; font-size: 1.125rem }
p { margin: 0 }
a { display: inline-block; margin-top: 1rem; padding: .5rem 1rem; border-radius: .5rem; background: light-dark(#0a58ca, #8ab4ff); color: light-dark(#fff, #0d1117); font-weight: 600; text-decoration: none }
a:focus-visible { outline: 3px solid; outline-offset: 2px }
</style>
</head>
<body>
<main>
<h1>${escaped(title)}</h1>
<p>${escaped(text)}</p>${
    act === undefined
      ? ''
      : `\n<a href="${escaped(act.href)}" target="_blank" rel="noopener">${escaped(act.label)}</a>`
  }
</main>
</body>
</html>
`
}

const escaped = (text: string): string =>
  text.replaceAll(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`)
