/**
 * Names that clinicians write for a service, each of which fits exactly one code. Names that fit several codes
 * (an MRI without mention of contrast, "home oxygen", "infliximab" with its biosimilars) are left out.
 *
 * In our own wording: CPT's descriptors belong to the AMA.
 */
export const serviceNames: Readonly<Record<string, readonly string[]>> = {
  '72148': ['mri lumbar spine without contrast'],
  '72149': ['mri lumbar spine with contrast'],
  '72158': ['mri lumbar spine without and with contrast'],
  '70551': ['mri brain without contrast', 'mri head without contrast'],
  '70552': ['mri brain with contrast', 'mri head with contrast'],
  '70553': ['mri brain without and with contrast', 'mri head without and with contrast'],
  '73721': ['mri knee without contrast'],
  '73722': ['mri knee with contrast'],
  '73723': ['mri knee without and with contrast'],
  '27447': ['total knee arthroplasty', 'total knee replacement'],
  '27130': ['total hip arthroplasty', 'total hip replacement'],
  '93306': [
    'complete transthoracic echocardiogram with doppler',
    'complete transthoracic echocardiography with doppler',
    'complete tte with doppler',
  ],
  E0601: [
    'cpap',
    'cpap device',
    'cpap machine',
    'cpap unit',
    'continuous positive airway pressure',
    'continuous positive airway pressure device',
    'continuous positive airway pressure machine',
  ],
  E1390: ['oxygen concentrator', 'stationary oxygen concentrator', 'home oxygen concentrator'],
  E1392: ['portable oxygen concentrator'],
  J1745: ['remicade', 'infliximab remicade'],
  Q5103: ['inflectra', 'infliximab-dyyb', 'infliximab inflectra'],
  Q5104: ['renflexis', 'infliximab-abda', 'infliximab renflexis'],
  Q5121: ['avsola', 'infliximab-axxq', 'infliximab avsola'],
  J1602: ['simponi aria'],
}
