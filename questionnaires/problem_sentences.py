"""The sentence of each kind of mistake, by its code: the one place where problems become words.

``{found}`` and ``{allowed}`` stand for what a problem carries, ``{near}`` for the allowed word that
is close to what was found. ``!r`` puts a text in quotes and cuts it; a number after a colon says
how many words are listed, a dozen otherwise.
"""

from __future__ import annotations

SAVE_AS_CSV = "In Excel choose 'Save as', then 'CSV UTF-8'"
SAVE_AS_WORKBOOK = "Open it in Excel or LibreOffice and save it as 'Excel Workbook (.xlsx)'"
ASK_AGAIN = "Ask for it once more, or open it in Excel or LibreOffice and save it again"
NEW_WORKBOOK = "Make a new workbook with 'template' and copy the answers into it"
NEW_DOWNLOAD = "Download a new one above and copy the answers into it."
FRESH_COPY = "Copy the answers into a fresh copy of the workbook"
LONG_FORM = "In long form the first row of the only sheet is exactly {allowed}"
OWN_GROUP = "For a group of your own, say its side under 'sides' in the context file"
STANDS_ONCE = "every id stands once"
QUICK_LOOK = "ask it of the working group in a quick look"

#: Files as such, and YAML.
FILES = {
    "no_file": "there is no such file",
    "unreadable_file": "{reason}",
    "file_too_large": "has more than {allowed} MB, which is the most that is read",
    "not_utf8": "not UTF-8 text: byte 0x{found} cannot be read; save it as UTF-8",
    "yaml_sign": "not YAML: a character stands here that no text has; write the line anew",
    "yaml_value": "not YAML: a value cannot be read ({reason}); put dates and codes in quotes",
    "yaml_tab": "not YAML: a tab stands here; indent with spaces",
    "yaml_open_quote": "not YAML: a quote is opened here and never closed",
    "yaml_syntax": (
        "not YAML: {reason}. Often a missing space after ':', a quote or bracket that is not "
        "closed, or a sentence with ': ' in it that needs quotes"
    ),
    "not_yaml": "not YAML: {reason}",
    "yaml_too_deep": "more than {allowed} levels stand within each other here",
    "repeated_key": "{found!r} stands twice here, first on line {first}: keep one of them",
    "no_list": "expected '{allowed}:' with a list below it",
    "no_file_list": (
        "expected '{allowed}:' with a list of the files of this folder, without their '.yaml'"
    ),
    "folder_beside_file": "the folder {found} stands beside this file: keep one of them",
    "unknown_listed_file": "there is no file {found}.yaml here{near}; found: {allowed}",
    "listed_twice": "{found!r} stands twice: keep one",
    "unlisted_file": (
        "{found} is not listed here and would not be read: add '- {name}' at its place under "
        "'{key}', or take the file away"
    ),
    "unknown_key": "there is no field {found!r} here{near}; allowed: {allowed}",
    "not_a_folder": "this is a file: name the folder that it lies in",
    "no_folder": "there is no such folder",
    "no_questionnaire_inside": "holds no questionnaire: no file ends in .yaml",
    "no_workbook_inside": "holds no workbook: no file in it ends in .xlsx",
}

#: Fields of YAML files. Those of pydantic's mistakes have pydantic's names for them.
FIELDS = {
    "extra_forbidden": "there is no field {found!r}{near}; allowed: {allowed:30}",
    "nothing_allowed": "there is no field {found!r}; it is not known here",
    "missing": "{allowed!r} is missing; write it",
    "literal_error": "{found} is not allowed{near}; allowed: {allowed}",
    "string_pattern_mismatch": (
        "{found} is not a possible id; use small letters, digits, _ and -, starting with a letter "
        "(items may have parts joined by '.')"
    ),
    "value_error": "{reason}",
    "unquoted_truth": "found {found}; yes, no, on and off need quotes to be text",
    "unquoted_number": "found {found}; put it in quotes to make it text",
    "other_type": "found {found}; {reason}",
    "string_type": "found {found}; write text",
    "string_too_short": "found {found}; write something",
    "string_too_long": "found {found}; at most {allowed} characters are allowed",
    "int_type": "found {found}; write a whole number",
    "int_parsing": "found {found}; write a whole number",
    "int_from_float": "found {found}; write a whole number",
    "float_type": "found {found}; write a number",
    "float_parsing": "found {found}; write a number",
    "finite_number": "found {found}; write an ordinary number",
    "bool_type": "found {found}; write true or false",
    "bool_parsing": "found {found}; write true or false",
    "greater_than": "found {found}; it must be above {allowed}",
    "greater_than_equal": "found {found}; the smallest allowed is {allowed}",
    "less_than": "found {found}; it must be below {allowed}",
    "less_than_equal": "found {found}; the largest allowed is {allowed}",
    "tuple_type": "found {found}; write a list, such as [one, two]",
    "list_type": "found {found}; write a list, such as [one, two]",
    "too_short": "found {found}; at least {allowed} needed",
    "too_long": "found {found}; at most {allowed} allowed",
    "dict_type": "found {found}; write lines of the form 'name: value' below it",
    "model_type": "found {found}; write lines of the form 'name: value' below it",
    "model_attributes_type": "found {found}; write lines of the form 'name: value' below it",
    "invalid_key": "found {found}; put the name in quotes",
}

#: What names something that there is not, in questionnaires, rules, contexts and answers alike.
UNKNOWN = {
    "unknown_item": "there is no item {found!r}{near}; 'python -m assessment items' lists them",
    "unknown_group": "there is no group {found!r}{near}; allowed: {allowed}",
    "unknown_group_of_own": ("there is no group {found!r}{near}; allowed: {allowed}. " + OWN_GROUP),
    "unknown_own_group": (
        "there is no group {found!r}{near}; allowed: {allowed}. Say the side of a group of your "
        "own under 'sides'"
    ),
    "unknown_questionnaire": "there is no questionnaire {found!r}{near}; allowed: {allowed}",
    "unknown_ladder": "there is no ladder {found!r}{near}; allowed: {allowed}",
    "unknown_dimension": "there is no dimension {found!r}{near}; allowed: {allowed:40}",
    "unknown_domain": "there is no domain {found!r}{near}; allowed: {allowed}",
    "not_asked_of_group": "{found!r} is not asked of {group!r}; asked of: {allowed}",
}

#: Questionnaires, the two lengths, reference data and the conversation sheet.
CONTENT = {
    "repeated_id": f"id {{found!r}} stands twice, first {{first}}: {STANDS_ONCE}",
    "id_elsewhere": f"{{what}} {{found!r}} stands in {{file}} already: {STANDS_ONCE}",
    "id_twice_on_sheet": f"id {{found!r}} stands twice on the sheet: {STANDS_ONCE}",
    "id_taken": "{found!r} is taken: give your {what} another id",
    # groups
    "no_working_group": "the group {allowed!r} is missing, which agrees on answers together",
    "not_alike": (
        "{group!r} cannot be asked like {found!r}{near}; allowed: {allowed}, the groups of its "
        "side with questions of their own"
    ),
    "reserved_group": "{found!r} is a name with a meaning of its own: give the group another",
    "other_side": (
        "group {found!r} stands on the side {allowed!r} already; if yours is another group, give "
        "it another name"
    ),
    "unknown_group_without_side": (
        "there is no group {found!r}{near}; allowed: {allowed}. For a group of your own add, at "
        "the top, 'sides: {{{found}: lived_experience}}' or 'organisation'"
    ),
    "group_not_listed": "{found!r} is not asked this questionnaire: add it to 'groups' first",
    "other_group_in_asked_if": (
        "{found!r} is not asked this questionnaire{near}; allowed: {allowed}"
    ),
    # items
    "dimension_missing": "{found} items measure a dimension: add 'dimension'",
    "dimension_of_fact": "{found} items measure no dimension: take 'dimension' away",
    "unknown_domain_of_own": (
        "there is no domain {found!r}{near}; allowed: {allowed}, or one that you add under "
        "'domains'"
    ),
    "unknown_scale": "there is no scale {found!r}{near}; allowed: {allowed}",
    "no_scale_of_kind": "the scale {allowed!r} is missing, which {allowed} items use",
    "options_of_scale": "{found} items take their options from a scale, not from 'options'",
    "scale_of_no_scale": "{found} items have no scale: take 'scale' away",
    "scale_without_scores": "scale {found!r} has no scores, and {kind} items are scored",
    "no_dont_know": "every scored item offers dont_know: add 'offers: [dont_know]'",
    "options_and_scale": "write 'options' or name a 'scale', not both",
    "too_few_options": "choices need 'options', at least two, each with a code and a label",
    "special_option": "{found!r} is never an option: list it under 'offers'",
    "repeated_option": "option {found!r} stands twice",
    "score_of_fact": "{found} items are facts and have no scores: take 'score' away",
    "step_missing": "say what {allowed!r} looks like for this practice",
    "unknown_step": "{found!r} is no step{near}; allowed: {allowed}",
    "steps_of_no_practice": "only practice items describe steps",
    "unknown_audience": "there is no audience {found!r} here{near}; allowed: {allowed}",
    "wording_missing": "{allowed} is asked this and has no wording: add one, or a default",
    "steps_for_stranger": "{found!r} has steps of its own here and is not asked{near}",
    "offered_to_stranger": "{found!r} is offered {option!r} here and is not asked{near}",
    "area_missing": "ladder items name their 'area'",
    "situation_missing": (
        "boundary items name their 'situation' and whose answer it is ('aspect')"
    ),
    "limits_of_no_number": (
        "only numbers have a minimum or maximum, and this is of kind {found!r}"
    ),
    "minimum_above_maximum": "the minimum {found:g} is above the maximum {allowed:g}",
    "unknown_source_document": "there is no source document {found!r}{near}; allowed: {allowed}",
    "not_its_lines": (
        "lines {found!r} are not lines of {document}, which has 1 to {allowed}; write one line or "
        "a range such as 12-15"
    ),
    # conditions
    "circle": "goes in a circle: {found}",
    "unknown_condition": (
        "there is no condition {found!r}{near}; allowed: {allowed:30}, or one that you add under "
        "'conditions'"
    ),
    "other_kind": "item {item!r} is of kind {found!r}; allowed: {allowed}",
    "other_form_for_kind": "a fact of kind {found!r} is read with {allowed}",
    "no_answer_to": "{found!r} is no answer to {item!r}{near}; allowed: {allowed:30}",
    "asked_if_reads_facts": "asked_if reads facts only",
    "not_asked_of_working_group": (
        "{found!r} is not asked of the working group, whose answers decide this"
    ),
    # the two lengths
    "group_without_length": (
        "say what {allowed!r} is asked: add it, such as '{allowed}: {{as: staff}}', or write "
        "'asked_like' in groups.yaml"
    ),
    "not_in_full_round": (
        "{group!r} is asked {found!r} in a quick look and not in a full round: a full round asks "
        "all that a quick look asks"
    ),
    "as_without_list": "'as' names a group with a list of its own; found {found!r}",
    "listed_twice_for_group": "{found!r} is listed twice for {group!r}: keep one",
    "nothing_of_entry_asked": "nothing of this is asked of {group!r}: take the entry away",
    "set_too_long": "{found}. Shorten what they read, or ask less of them",
    # the conversation sheet
    "empty_sheet": "{group} is asked no item of kind {kind!r}: the sheet would be empty",
    "not_a_working_group_item": "the working group is asked no item {found!r}{near}",
}

#: Rules and advice, and the table of what carries each line of the sources.
RULES = {
    "form_not_allowed": "{found!r} is not allowed here; allowed: {allowed}",
    "facts_only": "only facts may be read here",
    "unknown_score": "there is no dimension or domain {found!r}{near}",
    "no_step_of": "{found!r} is no step of {item!r}{near}; allowed: {allowed}",
    "unknown_part": "there is no {what} {found!r}{near}; allowed: {allowed:70}",
    "offer_without_form": "write its model, role_level and arrangement",
    "offer_without_begin": ("write under 'begin' its first steps, the training and the look back"),
    "no_safeguard": "work of this kind needs at least one safeguard of its own",
    "too_many_combinations": (
        "its gates leave {found} combinations of alternatives, and the search for fixes tries "
        "{allowed}: use fewer 'any'"
    ),
    "offer_without_need": "name at least one need that it answers, under 'needs'",
    "outweighs_main_need": (
        "another need and the points under 'fits' reach {found}; they must stay under {allowed}, "
        "which the main need alone gives"
    ),
    "not_a_part": (
        "{found!r} cannot be a part{near}; allowed: the id of another offer that has no parts "
        "itself"
    ),
    "missing_of_part": "its part {part!r} has {allowed} under {field!r}, which is missing here",
    "gate_and_safeguard": (
        "safeguard {safeguard!r} reads {found!r}, which one of its gates asks for: a failed gate "
        "is not also a risk point"
    ),
    "repeated_letter": "letter {found!r} stands for another exposure",
    "arrangement_missing": (
        "{allowed!r} needs its points under 'arrangements' and a sentence under "
        "'arrangement_reasons'"
    ),
    "heard_adds_risk": "'heard' is not allowed here: hearing people may never add a risk",
    "bands_out_of_order": (
        "low ends at {found} and moderate at {allowed}: moderate must end higher"
    ),
    "arrangements_out_of_order": (
        "more autonomy may not have fewer points: with_staff, paired, independent rise in this "
        "order"
    ),
    "unguarded_not_high": (
        "offer {offer} reaches {found} points with no safeguard in place, and that must be high: "
        "more than {allowed}"
    ),
    "unknown_offer": "there is no offer {found!r}",
    "high_risk_allowed": "a start at high risk is never allowed: write low or moderate",
    "appetite_missing": "say the highest risk for the answer {allowed!r}",
    "needs_differ": (
        "{main!r} and {needs!r} must have the same answers; only one of them has: {found}"
    ),
    "offers_without_answer": "{found!r} has no answer for the offers {allowed}",
    "gate_missing": "there is no gate {allowed!r}, which is needed",
    "unknown_area": "there is no area {found!r}{near}; allowed: {allowed}",
    "unknown_rung": "there is no rung {found} on a ladder {ladder!r}",
    "idle_gate": (
        "no offer names it, so it is never asked; allowed: name it under 'gates' of an offer, or "
        "write 'every_offer: true'"
    ),
    "skipped": (
        "gate {gate!r} reads {found!r}, which is not always asked where {fact!r} says {need!r}: "
        "widen its 'asked_if'"
    ),
    "gate_not_in_quick_look": (
        f"{{gate!r}} is a gate of every start and reads {{allowed!r}}: {QUICK_LOOK}"
    ),
    "need_not_in_quick_look": (
        "{gate!r} is a gate of {offer!r}, which answers the need {need!r}, and reads "
        f"{{allowed!r}}: {QUICK_LOOK}"
    ),
    "fact_not_in_quick_look": f"rules read {{allowed!r}} to choose a start: {QUICK_LOOK}",
    "practice_twice": (
        "practice {found!r} stands here twice; allowed: once, under 'brings' or under 'helps'"
    ),
    "brought_twice": (
        "practice {found!r} is brought by {other!r} {where}; allowed: one action that brings it, "
        "write it under 'helps' in the other"
    ),
    "brought_by_none": (
        "{rule} asks for practice {found!r}, and no action in {file} brings it; found under "
        "'helps' of: {helping}; allowed: exactly one action that names it under 'brings'"
    ),
    "unknown_resource": ("there is no resource {found!r}{near}; allowed: what stands in {file}"),
    "idle_resource": (
        "no action names it, so nobody would see it; allowed: name it under 'resources' in {file}"
    ),
    "concern_without_response": "concern {allowed} has no response: add one",
    "concern_without_result": "concern {allowed} has no line for the shared results: add one",
    "concern_twice": "concern {found} has a line already: keep one",
    "unknown_source": "there is no source {found!r}{near}",
    "source_without_rows": "source {allowed!r} has no rows",
    "rows_twice": (
        "{found!r} stands twice: join its rows, or let the part that carries it on follow it and "
        "leave 'lines' out there"
    ),
    "other_length": "{document} has {allowed} lines in sources.yaml, found {found}",
    "row_out_of_order": (
        "expected a row from line {allowed}, found {found}: every line stands in one row, in order"
    ),
    "rows_end": "the rows end at line {found} of {allowed}",
    "unknown_id": "nothing has the id {found!r}{near}",
}

#: Answers in files, and their context.
ANSWERS = {
    # CSV
    "csv_too_large": (
        "the file has more than {allowed} MB, which is the most that is read: split it, or leave "
        "out columns and rows that are no answers"
    ),
    "csv_is_workbook": f"this is an Excel workbook, whatever its name: {SAVE_AS_CSV}",
    "csv_is_utf16": f"this is UTF-16 text ('Unicode text' in Excel): {SAVE_AS_CSV}",
    "csv_not_utf8": f"not UTF-8 text: byte 0x{{found}} cannot be read. {SAVE_AS_CSV}",
    "csv_empty": "the file is empty; its first line must be {allowed}",
    "csv_zero_byte": f"holds a zero byte, which no text has. {SAVE_AS_CSV}",
    "csv_header": "the first line must be exactly {allowed}; found {found}",
    "csv_separator": (
        "the first line must be exactly {allowed}; found {found}. Your file separates with "
        "{separator}: save it as CSV with commas"
    ),
    "csv_cells": (
        "found {found} cells, and {allowed} are needed ({header}); a comma within a cell needs "
        "quotes around the cell"
    ),
    "csv_open_quote": "a quote is opened here and never closed",
    "csv_long_cell": (
        "a cell of more than {allowed} characters begins here; often a quote that is never closed"
    ),
    "csv_after_quote": ("text goes on after a closing quote; within a cell write each quote twice"),
    "not_csv": "not readable as CSV: {reason}",
    "no_answers": "there is a header and no answer below it",
    "csv_alone": (
        "answers in a CSV file are evaluated alone. Several files, or a folder, are workbooks "
        "(.xlsx) that were filled in by one respondent each"
    ),
    "one_csv_only": "choose one CSV file, or as many workbooks as you like",
    "workbooks_or_csv": "choose workbooks or a CSV file, not both at once",
    # respondents, groups, items
    "empty": "{field} is empty",
    "two_groups": (
        "respondent {respondent!r} is in {found!r} here and in {before!r} before: one respondent "
        "has one group"
    ),
    "second_working_group": (
        "the working group gives one agreed answer, from {first!r}; found a second respondent "
        "{found!r}"
    ),
    "other_questionnaire": "item {item!r} belongs to {own!r}, found {found!r}",
    "answered_twice": "respondent {respondent!r} answers {found!r} a second time: keep one",
    # values
    "not_offered": "{found!r} is not offered here; allowed: {allowed:30}",
    "unknown_option": "found {found!r}{near}; allowed: {allowed:30}",
    "unknown_choice": "found {found!r}{near}; allowed, joined with ';': {allowed:30}",
    "disagreed_without_options": (
        "after {found!r} write the options that members chose, such as {found}:{allowed}"
    ),
    "text_too_long": "a text may have {allowed} characters, found {found}",
    "no_number": "found {found!r}; allowed: a number such as 12 or 7.5, with a point{or_label}",
    "number_too_small": "found {found!r}; the smallest allowed is {allowed:g}{or_label}",
    "number_too_large": "found {found!r}; the largest allowed is {allowed:g}{or_label}",
    "choice_twice": "found an option twice in {found!r}",
    "option_stands_alone": "{allowed!r} stands alone, found {found!r}",
    # the context
    "own_group_taken": "{found!r} is taken: give the group another name",
    "own_group_side": (
        "{found!r} stands on the side {allowed!r}; rename the group if yours is another"
    ),
    "asked_like_no_own": "{found!r} is no group of your own: name its side under 'sides'",
    "asked_like_other_side": "{found!r} can be asked only what a group of its side is asked",
}

#: Workbooks that cannot be opened.
OPENING = {
    code: f"{sentence}. Nothing was read from it and nothing was changed"
    for code, sentence in {
        "damaged": f"the file is damaged and cannot be opened. {ASK_AGAIN}",
        "damaged_part": f"the file is damaged: a part of it cannot be read. {ASK_AGAIN}",
        "damaged_number": "the file is damaged: a number in it cannot be",
        "damaged_value": "the file is damaged: a number in it cannot be read",
        "damaged_cell": "the file is damaged: a cell in it has an impossible place",
        "no_workbook_part": f"there is no workbook inside. {SAVE_AS_WORKBOOK}",
        "macros": (
            "it holds macros, which are small programs. Save it as 'Excel Workbook (.xlsx)', "
            "without macros"
        ),
        "outside_links": (
            "it draws data from other files or from the internet. In Excel choose 'Data', 'Edit "
            "links', 'Break link', and save it again"
        ),
        "files_inside": (
            "it holds other files or controls inside. Take them out and save it again"
        ),
        "binary_workbook": f"it is a binary workbook (.xlsb). {SAVE_AS_WORKBOOK}",
        "word_document": "it is a Word document, not a workbook",
        "presentation": "it is a presentation, not a workbook",
        "open_document": (
            f"it is an OpenDocument file (.ods), whatever its name. {SAVE_AS_WORKBOOK}"
        ),
        "old_or_protected": (
            "it is protected with a password, or it has the old format of Excel (.xls). Open it, "
            "take the password away, and save it as 'Excel Workbook (.xlsx)'"
        ),
        "locked": "it is locked with a password. Take the password away and save it again",
        "no_workbook": (
            "this is no Excel workbook, whatever its name. Answers as text go into a file whose "
            "name ends in .csv"
        ),
        "other_archive": f"it is a ZIP archive and no workbook. {SAVE_AS_WORKBOOK}",
        "other_packing": f"it is packed in a way that no workbook is. {SAVE_AS_WORKBOOK}",
        "own_definitions": f"it holds definitions that no workbook has. {SAVE_AS_WORKBOOK}",
        "workbook_empty": "the file is empty",
        "workbook_too_large": (
            "the file has more than {allowed} MB, which is the most that is read. Take out "
            "pictures and sheets that are no answers; very many answers go into a CSV file"
        ),
        "unpacked_too_large": (
            "unpacked it has more than {allowed} MB, or far more than its size suggests, as no "
            "workbook of answers does"
        ),
        "too_many_parts": "it has {found} parts inside; a workbook has at most {allowed}",
        "repeated_part": f"two parts inside have the same name. {SAVE_AS_WORKBOOK}",
        "sheet_too_deep": "more than {allowed} levels stand within each other in a sheet",
        "too_many_elements": "it holds more rows, cells or formats than any workbook of answers",
        "no_sheet": f"it holds no sheet. {SAVE_AS_WORKBOOK}",
        "sheets": "it has more than {allowed} sheets, or two of the same name",
        "repeated_cell": (
            f"two cells stand in the same place, in row {{found}}. {SAVE_AS_WORKBOOK}"
        ),
        "too_many_cells": (
            "it has more than {allowed} filled cells, which is the most that is read; so many "
            "answers go into a CSV file"
        ),
        "cell_too_long": "a cell holds more than {allowed} characters, the most there can be",
    }.items()
}

#: Workbooks of answers that can be opened.
WORKBOOKS = {
    "no_form": "this is not a workbook to fill in",
    "same_file": "it is the same file as {found}, byte for byte: leave one of them out",
    "long_form_alone": (
        "it holds answers of many people in long form: evaluate it alone. Only workbooks that "
        "were filled in by one respondent each are read together"
    ),
    "long_empty": f"it is empty. {LONG_FORM}",
    "long_header": (
        "it is neither a workbook made with 'template' nor answers in long form. "
        f"{LONG_FORM}; found {{found}}"
    ),
    "long_further_sheet": (
        "beside the sheet {answers!r} with the answers there is {found!r}: take it out"
    ),
    "long_further_column": ("something stands beside the {count} columns ({allowed}): take it out"),
    "nothing_asked_of_group": "{found!r} is asked nothing here, so there is no workbook",
    "no_answer_yet": "there is no answer in it yet: leave this file out",
    "other_version": (f"it was made with another version of this tool, or changed. {NEW_WORKBOOK}"),
    "other_ladder": (
        "it was made for the participation ladder {found!r}, and {allowed!r} is in use: say "
        "'ladder: {short}' in the context file. Or: make a new workbook with 'template' and copy "
        "the answers into it"
    ),
    "questionnaire_not_in_use": "the questionnaire {found!r} is not in use here",
    "questionnaire_version": (
        "the questionnaire {questionnaire!r} has version {allowed} now, and version {found} in "
        f"this workbook. {NEW_WORKBOOK}"
    ),
    "questions_changed": (
        f"the questions of {{found!r}} have changed since this workbook was made. {NEW_WORKBOOK}"
    ),
    "strange_sheet": "the sheet {found!r} does not belong in this workbook: take it out",
    "renamed_sheet": "the sheet {found!r} was called {allowed!r}: give it this name back",
    "missing_sheet": f"the sheet {{allowed!r}} is missing. {FRESH_COPY}",
    "row_reworded": (f"the words of this row were changed; now they are {{found!r}}. {FRESH_COPY}"),
    "row_moved": (
        f"here should be {{allowed!r}}: rows were moved, deleted or put in. {FRESH_COPY}"
    ),
    "column_moved": (f"here should be the column {{allowed!r}}: columns were moved. {FRESH_COPY}"),
    "below_last_question": (
        "something stands below the last question, where no answer belongs: delete it"
    ),
    "beside_no_question": "no answer belongs here: delete it, or write it beside its question",
    "formula": (
        "a formula stands here, and its result is not taken on trust: write the answer itself"
    ),
    "date": (
        "a date stands here; often Excel made it of something like 1/2. Delete it, and write or "
        "choose the answer again"
    ),
    "error_value": "an error stands here ({found}): write the answer itself",
    "percentage": "a percentage stands here: write a plain number",
    "no_truth": "found {found!r}; allowed: {allowed}, or nothing",
    "truth_for_number": "found {found!r}; allowed: a number such as 12 or 7.5",
    "choice_stands_alone": "{allowed!r} stands alone, and {found} is chosen beside it",
    "disagreed_without_answers": (
        "'We did not agree' stands here; choose beside it which answers you gave"
    ),
    "answers_without_disagreement": ("empty this cell, or choose 'We did not agree' as the answer"),
}

#: Workbooks that come into an assessment of the app, all of them or none.
IMPORTS = {
    "imported_already": "{found} was taken in already: leave it out.",
    "our_fault": "Something went wrong on our side. Try again in a minute.",
    "round_not_open": "This assessment takes no answers today: it is not open.",
    "no_answer_in_workbooks": "There is no answer in these workbooks.",
    "group_not_in_round": "This assessment has no group {found}. Its groups: {allowed:100}.",
    "questionnaire_not_in_round": "The questionnaire “{found}” is not part of this assessment.",
    "question_not_asked_of": "“{found}” is not asked of {group}.",
    "agreed_otherwise": (
        "The working group has answered {found} of these questions otherwise already, here or in "
        "another workbook."
    ),
    "agreed_just_now": "Somebody changed the working group’s answers just now. Try again.",
}

SENTENCES = {
    **(FILES | FIELDS | UNKNOWN | CONTENT | RULES),
    **(ANSWERS | OPENING | WORKBOOKS | IMPORTS),
}

#: The same in the app, where a workbook is downloaded and no command is given.
IN_THE_APP = SENTENCES | {
    code: sentence.replace(NEW_WORKBOOK, NEW_DOWNLOAD) for code, sentence in WORKBOOKS.items()
}
IN_THE_APP["other_ladder"] = (
    f"it was made for the participation ladder another than yours. {NEW_DOWNLOAD}"
)
IN_THE_APP["no_form"] += ". Download one above for each group, and choose those."
