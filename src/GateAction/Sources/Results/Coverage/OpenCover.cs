using GateAction.Sources.Results.Reading;

namespace GateAction.Sources.Results.Coverage;

/// <summary>OpenCover XML (OpenCover, coverlet): modules with their files, and methods with sequence and branch points that refer to them.</summary>
internal static class OpenCover
{
    public static CoverageFormat Format { get; } = new(
        "opencover",
        "OpenCover",
        head => head.Root == "CoverageSession",
        (source, tally) => CoverageXml.Read(source, xml => xml.ForEachChild(element =>
        {
            if (element == "Modules")
                xml.ForEachChild(_ => new Module(xml, tally).Read());
        })));

    private sealed class Module(Xml xml, CoverageTally tally)
    {
        private readonly Dictionary<string, FileCoverage> _files = new(StringComparer.Ordinal);
        private readonly Dictionary<(FileCoverage, int), (int Branches, int Taken)> _branches = [];

        public void Read()
        {
            xml.ForEachChild(Walk);
            foreach (var ((file, line), (branches, taken)) in _branches)
                file.AddLine(line, taken > 0, branches, taken);
        }

        private void Walk(string element)
        {
            if (element == "File" && xml.Attribute("uid") is { } uid)
                _files[uid] = tally.File(xml.Attribute("fullPath") ?? uid);
            else if (element is "SequencePoint" or "BranchPoint" && Find() is { } file && Numbers.Line(xml.Attribute("sl")) is { } line)
                ReadPoint(element, file, line);
            else if (element is "Files" or "Classes" or "Class" or "Methods" or "Method" or "SequencePoints" or "BranchPoints")
                xml.ForEachChild(Walk);
        }

        private FileCoverage? Find() => xml.Attribute("fileid") is { } id ? _files.GetValueOrDefault(id) : null;

        private void ReadPoint(string element, FileCoverage file, int line)
        {
            var isHit = Numbers.Count(xml.Attribute("vc")) > 0;
            if (element == "SequencePoint")
            {
                file.AddLine(line, isHit);
                return;
            }
            var (branches, taken) = _branches.GetValueOrDefault((file, line));
            _branches[(file, line)] = (branches + 1, taken + (isHit ? 1 : 0));
        }
    }
}
