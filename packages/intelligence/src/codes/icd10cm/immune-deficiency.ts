/**
 * Immune deficiency: congenital, from HIV, or because of a transplant. From memory of the tabular list, as are
 * the first days: D81.3x FY2020, D81.82 FY2023, D84.8x FY2021.
 */
export const immuneDeficiency = `
B20 HIV disease
D80 immunodeficiency with mainly antibody defects
D80.0 hereditary hypogammaglobulinemia
D80.1 nonfamilial hypogammaglobulinemia
D80.2 selective IgA deficiency
D80.3 selective deficiency of IgG subclasses
D80.4 selective IgM deficiency
D80.5 immunodeficiency with increased IgM
D80.6 antibody deficiency with near-normal immunoglobulins
D80.7 transient hypogammaglobulinemia of infancy
D80.8 other immunodeficiency with mainly antibody defects
D80.9 immunodeficiency with mainly antibody defects, unspecified
D81 combined immunodeficiencies
D81.0 severe combined immunodeficiency with reticular dysgenesis
D81.1 severe combined immunodeficiency with few T and B cells
D81.2 severe combined immunodeficiency with few or normal B cells
D81.3 adenosine deaminase deficiency
D81.30 adenosine deaminase deficiency, unspecified @2019-10-01
D81.31 severe combined immunodeficiency from adenosine deaminase deficiency @2019-10-01
D81.32 adenosine deaminase 2 deficiency @2019-10-01
D81.39 other adenosine deaminase deficiency @2019-10-01
D81.4 Nezelof syndrome
D81.5 purine nucleoside phosphorylase deficiency
D81.6 major histocompatibility complex class I deficiency
D81.7 major histocompatibility complex class II deficiency
D81.8 other combined immunodeficiencies
D81.81 biotin-dependent carboxylase deficiency
D81.810 biotinidase deficiency
D81.818 other biotin-dependent carboxylase deficiency
D81.819 biotin-dependent carboxylase deficiency, unspecified
D81.82 activated phosphoinositide 3-kinase delta syndrome @2022-10-01
D81.89 other combined immunodeficiency
D81.9 combined immunodeficiency, unspecified
D82 immunodeficiency with other major defects
D82.0 Wiskott-Aldrich syndrome
D82.1 DiGeorge syndrome
D82.2 immunodeficiency with short limbs
D82.3 immunodeficiency after an inherited defective response to Epstein-Barr virus
D82.4 hyperimmunoglobulin E syndrome
D82.8 immunodeficiency with another major defect
D82.9 immunodeficiency with a major defect, unspecified
D83 common variable immunodeficiency
D83.0 common variable immunodeficiency, mainly B cells
D83.1 common variable immunodeficiency, mainly regulatory T cells
D83.2 common variable immunodeficiency with autoantibodies to B or T cells
D83.8 other common variable immunodeficiency
D83.9 common variable immunodeficiency, unspecified
D84 other immunodeficiencies
D84.0 lymphocyte function antigen-1 defect
D84.1 complement defects
D84.8 other immunodeficiencies, specified
D84.81 immunodeficiency from another disease @2020-10-01
D84.82 immunodeficiency from drugs and external causes @2020-10-01
D84.821 immunodeficiency from drugs @2020-10-01
D84.822 immunodeficiency from external causes @2020-10-01
D84.89 other immunodeficiency @2020-10-01
D84.9 immunodeficiency, unspecified
Z94 transplanted organ and tissue
Z94.0 transplanted kidney
Z94.1 transplanted heart
Z94.2 transplanted lung
Z94.3 transplanted heart and lungs
Z94.4 transplanted liver
Z94.5 transplanted skin
Z94.6 transplanted bone
Z94.7 transplanted cornea
Z94.8 other transplanted organ and tissue
Z94.81 transplanted bone marrow
Z94.82 transplanted intestine
Z94.83 transplanted pancreas
Z94.84 transplanted stem cells
Z94.89 other transplanted organ or tissue
Z94.9 transplanted organ and tissue, unspecified
`
