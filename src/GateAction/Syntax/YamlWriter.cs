using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace GateAction.Syntax;

/// <summary>A tree as YAML 1.2 in block style: without comments, anchors and what aliases stood for written out.</summary>
internal static class YamlWriter
{
    private static readonly EmitterSettings Settings =
        new EmitterSettings().WithBestWidth(int.MaxValue).WithIndentedSequences().WithNewLine("\n");

    public static string Write(Node root)
    {
        using var text = new StringWriter();
        var emitter = new Emitter(text, Settings);
        emitter.Emit(new StreamStart());
        emitter.Emit(new DocumentStart(null, null, isImplicit: true));
        Write(emitter, root);
        emitter.Emit(new DocumentEnd(isImplicit: true));
        emitter.Emit(new StreamEnd());
        return text.ToString();
    }

    private static void Write(Emitter emitter, Node node)
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
                    Write(emitter, item);
                emitter.Emit(new SequenceEnd());
                break;
            case MappingNode map:
                emitter.Emit(new MappingStart(AnchorName.Empty, TagName.Empty, isImplicit: true, MappingStyle.Block));
                foreach (var (key, value) in map.Entries)
                {
                    Write(emitter, key);
                    Write(emitter, value);
                }
                emitter.Emit(new MappingEnd());
                break;
        }
    }
}
