/** Categories that are headers, all of them malignant neoplasms. */
const headers = `
C00 C02 C03 C04 C05 C06 C08 C09 C10 C11 C13 C14 C15 C16 C17 C18 C21 C22 C24 C25 C30 C31
C32 C34 C38 C40 C41 C43 C44 C45 C46 C47 C48 C49 C50 C51 C53 C54 C56 C57 C60 C62 C63 C64
C65 C66 C67 C68 C69 C72 C74 C75 C76 C77 C78 C81 C82 C83 C84 C85 C88 C90 C91 C92 C93 C94
C95 C96
`
  .trim()
  .split(/\s+/)
  .map((category) => `${category}+ malignant neoplasm (${category})`)
  .join('\n')

/**
 * Cancers, history of cancer, and other red flags. Most cancers are only headers here: longer codes exist but
 * are not listed. Read on a coder's page: how C50.0-C50.9 are built. The rest is from memory of the tabular
 * list, including C50.Ax (FY2026).
 */
export const cancerAndRedFlags = `
${headers}
C01 cancer of the base of the tongue
C07 cancer of the parotid gland
C12 cancer of the piriform sinus
C19 cancer of the rectosigmoid junction
C20 cancer of the rectum
C23 cancer of the gallbladder
C33 cancer of the trachea
C37 cancer of the thymus
C40.2<RL0> cancer of the long bones of a lower limb, *
${breast()}
C52 cancer of the vagina
C55 cancer of the uterus, part unspecified
C58 cancer of the placenta
C61 cancer of the prostate
C70 cancer of the meninges
C70.0 cancer of the cerebral meninges
C70.1 cancer of the spinal meninges
C70.9 cancer of the meninges, unspecified
C71 cancer of the brain
C71.0 cancer of the cerebrum
C71.1 cancer of the frontal lobe
C71.2 cancer of the temporal lobe
C71.3 cancer of the parietal lobe
C71.4 cancer of the occipital lobe
C71.5 cancer of the cerebral ventricle
C71.6 cancer of the cerebellum
C71.7 cancer of the brain stem
C71.8 cancer of overlapping sites of the brain
C71.9 cancer of the brain, unspecified
C73 cancer of the thyroid gland
C79 secondary cancer of other sites
C79.3 secondary cancer of the brain and meninges
C79.31 secondary cancer of the brain
C79.32 secondary cancer of the cerebral meninges
C79.5 secondary cancer of bone and marrow
C79.51 secondary cancer of bone
C79.52 secondary cancer of bone marrow
C80 cancer without specified site
C80.0 disseminated cancer, unspecified
C80.1 cancer, unspecified
C80.2 cancer in a transplanted organ
D32 benign neoplasm of the meninges
D32.0 benign neoplasm of the cerebral meninges
D32.1 benign neoplasm of the spinal meninges
D32.9 benign neoplasm of the meninges, unspecified
D33 benign neoplasm of the brain and nervous system
D33.0 benign neoplasm of the brain above the tentorium
D33.1 benign neoplasm of the brain below the tentorium
D33.2 benign neoplasm of the brain, unspecified
D33.3 benign neoplasm of cranial nerves
D33.4 benign neoplasm of the spinal cord
D33.7 benign neoplasm of another part of the nervous system
D33.9 benign neoplasm of the nervous system, unspecified
D35 benign neoplasm of other endocrine glands
D35.0<RL0> benign neoplasm of the adrenal gland, *
D35.1 benign neoplasm of the parathyroid gland
D35.2 benign neoplasm of the pituitary gland
D35.3 benign neoplasm of the craniopharyngeal duct
D35.4 benign neoplasm of the pineal gland
D35.5 benign neoplasm of the carotid body
D35.6 benign neoplasm of the aortic body and other paraganglia
D35.7 benign neoplasm of another endocrine gland
D35.9 benign neoplasm of an endocrine gland, unspecified
D43 neoplasm of uncertain behavior of the brain and nervous system
D43.0 neoplasm of uncertain behavior of the brain above the tentorium
D43.1 neoplasm of uncertain behavior of the brain below the tentorium
D43.2 neoplasm of uncertain behavior of the brain, unspecified
D43.3 neoplasm of uncertain behavior of cranial nerves
D43.4 neoplasm of uncertain behavior of the spinal cord
D43.8 neoplasm of uncertain behavior of another part of the nervous system
D43.9 neoplasm of uncertain behavior of the nervous system, unspecified
F11 opioid use
F11.1+ opioid abuse
F11.10 opioid abuse, uncomplicated
F11.2+ opioid dependence
F11.20 opioid dependence, uncomplicated
F11.21 opioid dependence, in remission
F19+ other psychoactive substance use
R53 malaise and fatigue
R53.0 fatigue from a neoplasm
R53.1 weakness
R53.2 functional quadriplegia
R53.8 other malaise and fatigue
R53.81 other malaise
R53.82 chronic fatigue, unspecified
R53.83 other fatigue
R63.4 abnormal weight loss
Z51+ other aftercare and medical care
Z51.0 radiotherapy session
Z51.1 chemotherapy or immunotherapy session
Z51.11 chemotherapy session
Z51.12 immunotherapy session
Z51.5 palliative care
Z85 personal history of cancer
Z85.0+ personal history of cancer of a digestive organ
Z85.1+ personal history of cancer of the trachea, bronchus or lung
Z85.110 personal history of carcinoid of the lung
Z85.118 personal history of other cancer of the lung
Z85.3 personal history of breast cancer
Z85.4+ personal history of cancer of a genital organ
Z85.46 personal history of prostate cancer
Z85.5+ personal history of cancer of the urinary tract
Z85.6 personal history of leukemia
Z85.7+ personal history of other blood cancer
Z85.8+ personal history of cancer of other organs
Z85.820 personal history of melanoma
Z85.841 personal history of brain cancer
Z85.850 personal history of thyroid cancer
Z85.9 personal history of cancer, unspecified
`

/** Every site of the breast has separate codes for women and men. */
function breast(): string {
  const sites = {
    'C50.0': 'nipple and areola',
    'C50.1': 'central breast',
    'C50.2': 'upper inner breast',
    'C50.3': 'lower inner breast',
    'C50.4': 'upper outer breast',
    'C50.5': 'lower outer breast',
    'C50.6': 'axillary tail',
    'C50.8': 'overlapping sites of the breast',
    'C50.9': 'breast, site unspecified',
  }
  const bySex = Object.entries(sites).map(
    ([code, site]) => `
${code} cancer of the ${site}
${code}1<RL9> cancer of the ${site}, woman
${code}2<RL9> cancer of the ${site}, man
`,
  )
  return `${bySex.join('')}C50.A<RL0> inflammatory cancer of the breast, * @2025-10-01`
}
