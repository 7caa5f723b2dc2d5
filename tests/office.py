"""LibreOffice without a window: what it makes of a workbook, and cells typed into one as a person would."""

import subprocess
from collections.abc import Mapping
from pathlib import Path

from tests.programs import program

_SECONDS = 180
_TYPE = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE script:module PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "module.dtd">
<script:module xmlns:script="http://openoffice.org/2000/script" script:name="Typing" script:language="StarBasic">
Sub Fill(source As String, target As String)
  Dim opening(0) As New com.sun.star.beans.PropertyValue
  opening(0).Name = "Hidden"
  opening(0).Value = True
  book = StarDesktop.loadComponentFromURL(source, "_blank", 0, opening())
  sheet = book.Sheets.getByName("{sheet}")
{typed}
  Dim saving(0) As New com.sun.star.beans.PropertyValue
  saving(0).Name = "FilterName"
  saving(0).Value = "Calc MS Excel 2007 XML"
  book.storeToURL(target, saving())
  book.close(True)
End Sub
</script:module>
"""
_LIBRARY = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE library:library PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "library.dtd">
<library:library xmlns:library="http://openoffice.org/2000/library" library:name="Standard" library:readonly="false"
 library:passwordprotected="false"><library:element library:name="Typing"/></library:library>
"""


def converted(path: Path, ending: str, folder: Path) -> Path:
    """Return the file in another form; LibreOffice opens it, and saves it into the folder."""
    _run(folder, "--convert-to", ending, "--outdir", str(folder), str(path))
    made = folder / f"{path.stem}.{ending}"
    assert made.is_file(), f"LibreOffice could not save {path.name} as {ending}"
    return made


def typed(path: Path, sheet: str, cells: Mapping[str, str], folder: Path) -> Path:
    """Type into the cells of a sheet as a person at LibreOffice does, and return the workbook that it saves.

    What is typed is taken as LibreOffice takes it: 16.2% becomes a number that is shown as a percentage.
    """
    lines = "\n".join(f'  sheet.getCellRangeByName("{place}").FormulaLocal = "{text}"' for place, text in cells.items())
    library = folder / "profile" / "user" / "basic" / "Standard"
    if not library.is_dir():  # LibreOffice makes its profile when it first runs, over whatever was there
        converted(path, "csv", folder)
    (library / "Typing.xba").write_text(_TYPE.format(sheet=sheet, typed=lines), encoding="utf-8")
    (library / "script.xlb").write_text(_LIBRARY, encoding="utf-8")
    made = folder / f"{path.stem}-typed.xlsx"
    _run(folder, f'macro:///Standard.Typing.Fill("{path.as_uri()}","{made.as_uri()}")')
    assert made.is_file(), f"LibreOffice could not type into {path.name}"
    return made


def _run(folder: Path, *arguments: str) -> None:
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [program("soffice", "libreoffice"), "--headless", "--norestore", profile, *arguments]
    subprocess.run(command, check=True, capture_output=True, timeout=_SECONDS)
