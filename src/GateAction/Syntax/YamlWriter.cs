using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace GateAction.Syntax;

/// <summary>A tree as YAML 1.2 in block style: without comments, anchors and what aliases stood for written out.</summary>
internal static class YamlWriter
{
    private static readonly EmitterSettings Settings =
        // A condition that is folded over two lines is no longer what its author looks for.
        new EmitterSettings().WithBestWidth(int.MaxValue).WithIndentedSequences().WithNewLine("\n");

    /// <param name="file">The file whose parts stand without a remark: before each part of another one a comment says where it is
    /// from. Null for no remarks.</param>
    public static string Write(Node root, string? file = null)
    {
        using var text = new StringWriter();
        var emitter = new Emitter(text, Settings);
        emitter.Emit(new StreamStart());
        emitter.Emit(new DocumentStart(null, null, isImplicit: true));
        Write(emitter, root, file);
        emitter.Emit(new DocumentEnd(isImplicit: true));
        emitter.Emit(new StreamEnd());
        return text.ToString();
    }

    /// <summary>Says where a part is from, if it is from another file than what it stands in; gives the file that it is from.</summary>
    private static string? Remark(Emitter emitter, Node part, string? file)
    {
        if (file is not null && part.Source.File != file)
            emitter.Emit(new Comment($"from {part.Position.File}:{part.Position.Line}", isInline: false));
        return file is null ? null : part.Source.File;
    }

    private static void Write(Emitter emitter, Node node, string? file)
    {
        switch (node)
        {
            case ScalarNode scalar:
                // A tag that made a text of a plain scalar is gone: quotation marks say the same.
                var style = scalar.Style == ScalarStyle.Plain && !scalar.IsPlain ? ScalarStyle.DoubleQuoted : scalar.Style;
                emitter.Emit(new Scalar(
                    AnchorName.Empty, TagName.Empty, scalar.Text, style, isPlainImplicit: true, isQuotedImplicit: true));
                break;
            case SequenceNode list:
                emitter.Emit(new SequenceStart(AnchorName.Empty, TagName.Empty, isImplicit: true, SequenceStyle.Block));
                foreach (var item in list.Items)
                    Write(emitter, item, Remark(emitter, item, file));
                emitter.Emit(new SequenceEnd());
                break;
            case MappingNode map:
                emitter.Emit(new MappingStart(AnchorName.Empty, TagName.Empty, isImplicit: true, MappingStyle.Block));
                foreach (var (key, value) in map.Entries)
                {
                    var origin = Remark(emitter, key, file);
                    Write(emitter, key, null);
                    Write(emitter, value, origin);
                }
                emitter.Emit(new MappingEnd());
                break;
        }
    }
}
