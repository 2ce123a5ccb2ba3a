// What administrators read while they import users.

const number = new Intl.NumberFormat("en");
const plural = (count: number, one: string, many: string) => `${number.format(count)} ${count === 1 ? one : many}`;
const users = (count: number) => plural(count, "user", "users");

export const enImport = {
  title: "Import Users",
  intro: "From a CSV or JSON file. You see what would be done before anything is changed.",

  file: {
    title: "File",
    drop: "Drop a file here, or",
    choose: "Choose File",
    another: "Choose Another File",
    limits: "CSV or JSON, up to 10,000 users and 5 MB.",
    template: "Download template",
    columns: "Columns",
    columnsText: "Only the username is required. Several groups are separated by semicolons and named by their name.",
    wrongKind: "Choose a file whose name ends in .csv or .json",
    tooLarge: "This file is larger than 5 MB. Split it, and import the parts one after another.",
    empty: "This file is empty",
  },

  options: {
    title: "Options",
    onConflict: "Users who exist already",
    skip: "Leave as they are",
    update: "Update from the file",
    mode: "When a row has an error",
    all: "Import nothing",
    each: "Import the other rows",
  },

  report: {
    preview: "Preview",
    previewText: "Nothing has been changed yet.",
    checking: "Checking the file…",
    done: "Imported",
    doneText: "This is what was done.",
    rows: "Rows of the file",
    row: "Row",
    rowsText: "The first line of a CSV file and empty lines are not counted as rows.",
    username: "Username",
    outcome: "Outcome",
    details: "Details",
    show: "Show",
    allRows: (count: number) => `All rows (${number.format(count)})`,
    some: (label: string, count: number) => `${label} (${number.format(count)})`,
    planned: { create: "To create", update: "To update", skip: "To skip", error: "With errors" },
    finished: { create: "Created", update: "Updated", skip: "Skipped", error: "With errors" },
    outcomes: {
      planned: { create: "Create", update: "Update", skip: "Skip", error: "Error" },
      finished: { create: "Created", update: "Updated", skip: "Skipped", error: "Error" },
    },
    more: (count: number) => `and ${number.format(count)} more`,
    showMore: "Show more",
    none: "No rows of this kind.",
    noUsername: "no username",
  },

  act: {
    import: (count: number) => `Import ${users(count)}`,
    importing: "Importing… This can take a minute. Stay on this page.",
    imported: (count: number) => `${users(count)} imported successfully`,
    nothing: "There is nothing to import: every user in the file exists already.",
    blocked: "Nothing is imported while a row has an error. Correct the file, or choose to import the other rows.",
    onlyErrors: "Every row has an error. Correct the file and choose it again.",
    again: "Import Another File",
    toUsers: "Go to users",
  },
};

export type ImportCatalogue = typeof enImport;
