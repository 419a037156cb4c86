/** A label as it stands within a sentence: “stratified by site and sex”. */
export const smallInitial = (label: string): string => label.charAt(0).toLowerCase() + label.slice(1);
