"""Sayings: the sentences of the lower rooms that people may read on a page, for the catalogues.

Those rooms speak English alone. What stands here is what they say, word for word, with names for
what varies; a test looks each up in their code. ``Told`` finds a sentence here again.
"""

from __future__ import annotations

from ui.language import gettext_noop as said

# Whole lines of an answer that the assistant says itself, between words of documents.
ANSWERS = (
    said("The documents do not say."),
    said("The chosen documents do not say."),
    said("The documents do not say: none of them is about {subjects}."),
    said("There are no documents in the index yet."),
    said("Which document is meant? An overview can be given of one of these:"),
    said("You can ask about these documents:"),
    said("Not read, and so not searched: {documents}."),
    said("These passages come nearest, but do not answer the question:"),
    said("**{document}**: This document does not say."),
    said("This document does not say."),
)

# How an answer was made, and where questions go.
NOTES = (
    said("(no support found)"),
    said("The model found no answer in the passages that come nearest."),
    said(
        "Too little of what the model {model} wrote is in the documents. This answer is in the"
        " documents' own words."
    ),
    said("{fault}. This answer is in the documents' own words."),
    said("{what} of the model's answer left out: no support in the documents."),
    said("One sentence"),
    said("{count} sentences"),
    said("The model {model} did not answer in time; the setting chat_timeout gives it longer"),
    said("The model {model} takes no more questions for now; wait a little, then ask again"),
    said("The model {model} did not accept the key; check the provider's key in the environment"),
    said(
        "The model {model} cannot be reached; check that its server runs, and the setting"
        " chat_base_url"
    ),
    said("The model {model} failed on its own side; ask again in a while"),
    said("The passages are too long for {what}; set chat_context to the tokens that it takes"),
    said("The model {model} refused the request"),
    said("The model {model} is not known to its service; check the setting chat_model"),
    said("The model {model} broke off in the middle of its answer"),
    said("The model {model} answered nothing"),
    said("The model {model} failed"),
    said("The model {model}"),
    said("Nothing leaves this machine."),
    said("Questions and passages are sent to {hosts}."),
    said("{what}, in this process."),
    said("{what}: questions and passages are sent to {where}."),
    said("Answers by {model}"),
    said("Search by {model}"),
    said("the service of {provider}"),
    said("wherever that code sends them"),
    said("wherever that object sends them"),
)

# What goes wrong while answering, searching or indexing.
ERRORS = (
    said("The question is empty. Ask in a sentence, for example: Who leads the strategy?"),
    said(
        "The question has {count} characters; {most} are read. Ask in a sentence or two, and add"
        " long texts to the documents instead."
    ),
    said("{path}: this document could not be read, so it cannot be searched ({reason})"),
    said("{path}: no such document in the index. Did you mean {near}?"),
    said("{path}: no such document in the index. `strategy status` lists the documents."),
    said("{path}: no such file in {folder}. Did you mean {near}?"),
    said("{path}: no such file in {folder}. Give its path within that folder."),
    said("no document meets all of these limits together. Leave one of them out."),
    said("{index}: no index here yet. Make it with: strategy index FOLDER --index {same}"),
    said("{index}: this index is damaged ({reason}). Build it anew with: {command}"),
    said(
        "{path}: what the index holds of this document is damaged, so nothing of it is quoted."
        " Read it again with: {command}"
    ),
    said("{index}: another run is updating this index. Wait until it is done, then try again."),
    said(
        "{index}: this index cannot be written ({reason}). Check the permissions and the room on"
        " the disk, or choose another place with --index."
    ),
    said(
        "{index}: this index was made by the encoder {encoder}, and the setting `encoder` says"
        " {given}. Set `encoder` to {former}, or build the index anew with: {command}"
    ),
    said(
        "{folder}: this folder holds no documents ({reason}). Put documents in, or give another"
        " folder; the index was left as it is."
    ),
    said("{folder}: this folder is gone. It is waited for, and the index stays as it is."),
    said("{folder}: no such folder. Check the path, or make it and put documents in."),
    said(
        "{folder}: this folder cannot be opened ({reason}). Check its permissions; nothing was"
        " changed."
    ),
)

# Why a document, or a page of it, could not be read.
REASONS = (
    said("page {pages}: {reason}"),
    said("{reason}; the version read before is kept"),
    said("its scanned pages could not be read: {reason}"),
    said("no text on {what}: {reason}"),
    said("its only page"),
    said("its {count} pages"),
    said("blank"),
    said("an image without text, which only OCR can read"),
    said("a text layer that is not made of words (a damaged font), which only OCR can read"),
    said("an image in which OCR found no text"),
    said(
        "an image that OCR cannot read (confidence {confidence}: a poor scan, handwriting, or a"
        " language whose OCR data is not installed)"
    ),
    said("OCR took longer than {count} seconds"),
    said("OCR failed ({detail})"),
    said("this page is damaged ({detail})"),
    said("Page {page} could not be drawn: it takes too much."),
    said("Page {page} could not be drawn: {detail}"),
    said("Page {page} could not be drawn."),
    said("There is no page {page}."),
    said("no reader for this kind of file"),
    said("{suffix} files are not read"),
    said("the file is empty"),
    said("no text in it"),
    said("needs a password"),
    said("is locked to its buyer's reading program"),
    said("is not a PDF, or a broken one"),
    said("is a broken {kind}"),
    said("is no {kind}"),
    said("is no {kind}: it holds no text part"),
    said("is a broken {kind} ({part} is not sound XML)"),
    said("holds {count} parts, too many to be a document"),
    said("holds a part whose name leads out of the file"),
    said("unpacks to {size} MB ({part}), too much to be a text"),
    said("is a broken Excel workbook ({detail})"),
    said("is no rich text (.rtf)"),
    said("is too deeply nested"),
    said("is {what} under the name {suffix}"),
    said("is something other than text under the name {suffix}"),
    said("a link that leads out of the folder"),
    said("a link to a folder, which is read where it stands"),
    said("a link that leads nowhere"),
    said("a folder that holds itself"),
    said("more than {count} folders deep"),
    said("this folder cannot be opened ({reason})"),
    said("this is no file (a pipe, a socket or a device)"),
    said("this is no regular file any more"),
    said("this file was being written while it was read"),
    said("this file cannot be opened ({reason})"),
    said("this path leads out of the folder of the documents"),
    said("this is a link, which is not followed"),
    said("what the index held of it was damaged, and it was read again"),
    said("what the index held of it was damaged, and its file is not in the folder"),
    said("its {size} MB are more than the limit of {most} MB"),
    said("its reader crashed ({detail})"),
    said("reading it hung for {count} s"),
    said("could not be read within {count} s"),
    said("reading it needs more than {size} MB of memory"),
    said("it holds more text than can be taken"),
    said("the reader failed ({detail})"),
    said("the name of this file is not valid text"),
    said("forgotten, as `strategy forget` was told"),
)

# What files are in truth, whatever they are named.
KINDS = (
    said("Word document"),
    said("Excel workbook"),
    said("PowerPoint presentation"),
    said("OpenDocument text"),
    said("e-book"),
    said("a PDF"),
    said("a rich text file"),
    said("a web page"),
    said("an image"),
    said("an e-book"),
    said("a Word document"),
    said("an Excel workbook"),
    said("a PowerPoint presentation"),
    said("an OpenDocument text"),
    said("an OpenDocument spreadsheet"),
    said("an OpenDocument presentation"),
    said("an OpenDocument file"),
    said("an old Word file (.doc)"),
    said("an old Excel file (.xls)"),
    said("an old PowerPoint file (.ppt)"),
    said("an old Office file"),
    said("a packed file"),
    said("a broken packed file"),
)

# What to do about it.
REMEDIES = (
    said("Read are {formats}."),
    said("Look at where the index comes from; `strategy check` names what is wrong with it."),
    said("Look after it where the folder stands."),
    said("Put the file back into the folder, then: strategy index FOLDER"),
    said(
        "PDF, Word, PowerPoint, Excel, CSV, OpenDocument text, EPUB, RTF, HTML, Markdown, RST and"
        " text"
    ),
    said("Open it, save it as {suffix} or PDF."),
    said("Put the document back, or remove the file."),
    said("Put a copy of the document in its place to have it searched."),
    said("Remove the link, or leave it: it does no harm."),
    said("Open it to see what it holds; remove it if nothing."),
    said("Open it to see what it holds, or find another edition."),
    said("Open it in a PDF viewer, save it again, or remove it."),
    said("Open it in an office program, save it as {suffix}, or remove it."),
    said("Open it, save it in the format of its name or as PDF, or remove it."),
    said("Open it to see whether it is sound, save it anew, or raise `reading_seconds`."),
    said("Save a copy without a password and index that."),
    said("Index a copy without that lock."),
    said("Give it the ending {suffix}."),
    said("Give it the ending of what it is, or remove it."),
    said("Give it the ending of what it is, save it as UTF-8 text, or remove it."),
    said("Save it as text (.txt), or remove it."),
    said("Save it in another format, and report this with the file if you can."),
    said("Split the file, or raise `reading_file_mb`."),
    said("Split the file, or raise `reading_memory_mb`."),
    said("Raise `reading_seconds`, split the file, or save it in another format."),
    said("Raise `reading_memory_mb`, split the file, or save it in another format."),
    said(
        "The file is probably damaged: open it and save it anew, or raise `reading_memory_mb` if"
        " it is very large."
    ),
    said("Index again when whatever writes it is done."),
    said("Check its permissions, and whether another program has it open."),
    said("Move it elsewhere."),
    said("Check its permissions and its disk; what was read of it before is kept."),
    said("Move it further up; what was read of it before is kept."),
    said("Unmount it there, or leave it: it does no harm."),
    said("Rename the file."),
    said("It is read again when it changes, or after `strategy forget --undo`."),
    said(
        "Install an OCR engine and index again: pip install 'strategy-assistant[ocr]', or on"
        " Debian apt-get install tesseract-ocr with the document's language, such as"
        " tesseract-ocr-fra."
    ),
)
