using System.Reflection;
using System.Text;
using GateAction.GitHub.Api;
using Octokit;

namespace GateAction.Tests.GitHub.Api;

/// <summary>
/// Octokit finds its models' members by reflection, so the native program must be told which ones to keep, and
/// <see cref="AnswerSerializer"/> which members of an answer are read. Both lists follow from what the compiled program uses of Octokit.
/// </summary>
[Category("Generated")]
internal sealed class OctokitModelsTests
{
    /// <summary>What a call of a client makes inside Octokit and sends, for which there is no name outside of it.</summary>
    private static readonly string[] InternalBodies = ["Octokit.BodyWrapper"];

    /// <summary>What carries a call and is no part of its documents.</summary>
    private static readonly Type[] Carriers =
        [typeof(GitHubClient), typeof(Connection), typeof(Credentials), typeof(ProductHeaderValue), typeof(ApiOptions)];

    [Test]
    public void The_list_of_models_is_what_the_program_uses_of_Octokit()
    {
        var file = Path.Combine(TestFiles.Repository, "src", "GateAction", "GitHub", "Api", "OctokitModels.cs");

        Snapshot.MatchFile(Write(), file, file + ".received");
    }

    /// <summary>Every member of Octokit that the program's own code names.</summary>
    private static IEnumerable<MethodBase> Used()
    {
        var module = typeof(RepositoryApi).Module;
        for (var token = 0x0A000001; ; token++)
        {
            MemberInfo? member = null;
            try
            {
                member = module.ResolveMember(token, [typeof(object), typeof(object)], [typeof(object), typeof(object), typeof(object)]);
            }
            catch (ArgumentOutOfRangeException)
            {
                yield break;
            }
            catch (TypeLoadException)
            {
                // A generic of our own whose constraint the stand-ins do not meet; Octokit's have none.
            }
            if (member is MethodBase { DeclaringType: { } type } method && type.Assembly == typeof(GitHubClient).Assembly
                && !Carriers.Contains(type))
                yield return method;
        }
    }

    private static string Write()
    {
        var used = Used().ToList();
        var read = used.Where(method => method.Name.StartsWith("get_", StringComparison.Ordinal) && method.DeclaringType!.IsClass)
            .Select(method => method.DeclaringType!.GetProperty(method.Name[4..])!)
            .Where(property => property.DeclaringType!.Namespace == "Octokit")
            .ToList();
        var members = read.Select(JsonName).ToHashSet();
        var calls = used.OfType<MethodInfo>().Where(method => method.DeclaringType!.IsInterface && !method.IsSpecialName).ToList();
        var roots = calls.SelectMany(call => Answers(call.ReturnType)).Concat(read.SelectMany(property => Lists(property.DeclaringType!)));
        var answers = Reach(roots, property => members.Contains(JsonName(property)));
        var sent = used.OfType<ConstructorInfo>().Select(made => made.DeclaringType!).Where(type => type.Namespace == "Octokit");
        var bodies = Reach(calls.SelectMany(call => call.GetParameters()).Select(parameter => parameter.ParameterType).Concat(sent),
            _ => true);
        return Write(members, [.. answers.Concat(bodies).Distinct().OrderBy(Name, StringComparer.Ordinal)]);
    }

    /// <summary>The answer of a task, and a list of it: that is what Octokit reads of every page.</summary>
    private static IEnumerable<Type> Answers(Type task) => task.GetGenericArguments().SelectMany(Lists);

    private static Type[] Lists(Type answer) =>
        answer.IsClass && !answer.IsGenericParameter ? [answer, typeof(List<>).MakeGenericType(answer)] : [answer];

    /// <summary>The types of Octokit, and the lists of them, that are made or read when these are.</summary>
    private static HashSet<Type> Reach(IEnumerable<Type> roots, Func<PropertyInfo, bool> isUsed)
    {
        var found = new HashSet<Type>();
        var next = new Queue<Type>(roots);
        while (next.TryDequeue(out var type))
        {
            var plain = Nullable.GetUnderlyingType(type) ?? type;
            if (plain.IsGenericType)
                foreach (var argument in plain.GetGenericArguments())
                    next.Enqueue(argument);
            if (plain.IsGenericType && plain.Name is "IReadOnlyList`1" or "IList`1" or "List`1")
                plain = typeof(List<>).MakeGenericType(plain.GetGenericArguments());
            if (plain.IsInterface || plain.IsGenericParameter || !IsOfOctokit(plain) || !found.Add(plain) || plain.IsEnum)
                continue;
            foreach (var property in plain.GetProperties()
                .Where(property => isUsed(property) && property.GetCustomAttribute<ObsoleteAttribute>() is null))
                next.Enqueue(property.PropertyType);
        }
        return found;
    }

    private static bool IsOfOctokit(Type type) =>
        type.Assembly == typeof(GitHubClient).Assembly && type.Namespace == "Octokit" && !Carriers.Contains(type)
        || type.IsGenericType && type.Name == "List`1" && IsOfOctokit(type.GetGenericArguments()[0]);

    private static string JsonName(PropertyInfo property) => (string)typeof(GitHubClient).Assembly
        .GetType("Octokit.ReflectionExtensions")!
        .GetMethod("GetJsonFieldName", BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic)!
        .Invoke(null, [property])!;

    private static string Write(IEnumerable<string> members, List<Type> types)
    {
        var text = new StringBuilder("""
            using System.Collections.Frozen;
            using System.Diagnostics.CodeAnalysis;

            namespace GateAction.GitHub.Api;

            /// <summary>What Octokit reads and writes by reflection for the gate. OctokitModelsTests makes it from the compiled program.</summary>
            internal static class OctokitModels
            {
                /// <summary>The members of answers that the gate reads.</summary>
                public static readonly FrozenSet<string> Members = FrozenSet.Create(
                    StringComparer.Ordinal,

            """);
        text.AppendJoin(",\n", members.Order(StringComparer.Ordinal).Select(member => $"        \"{member}\"")).Append(");\n\n");
        text.Append("    /// <summary>Keeps for the native program what only reflection asks for.</summary>\n");
        foreach (var body in InternalBodies)
            text.Append($"    [DynamicDependency(DynamicallyAccessedMemberTypes.PublicProperties, \"{body}\", \"Octokit\")]\n");
        text.Append("    public static void Keep()\n    {\n");
        foreach (var type in types)
            text.Append($"        {Keeper(type)}(typeof({Name(type)}));\n");
        text.Append("""
                }

                private static void Model(
                    [DynamicallyAccessedMembers(
                        DynamicallyAccessedMemberTypes.PublicParameterlessConstructor
                        | DynamicallyAccessedMemberTypes.PublicProperties
                        | DynamicallyAccessedMemberTypes.NonPublicProperties
                        | DynamicallyAccessedMemberTypes.PublicFields)] Type _)
                {
                }

                private static void List([DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] Type _)
                {
                }

                private static void Text(
                    [DynamicallyAccessedMembers(
                        DynamicallyAccessedMemberTypes.PublicConstructors
                        | DynamicallyAccessedMemberTypes.PublicProperties)] Type _)
                {
                }

                private static void Choice([DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicFields)] Type _)
                {
                }
            }

            """);
        return text.ToString();
    }

    private static string Keeper(Type type) => type.IsEnum ? "Choice" : type.Name switch
    {
        "List`1" => "List",
        "StringEnum`1" => "Text",
        _ => "Model",
    };

    private static string Name(Type type) => type.IsGenericType
        ? $"{(type.Name == "List`1" ? "List" : $"Octokit.{type.Name.Split('`')[0]}")}<{Name(type.GetGenericArguments()[0])}>"
        : type.FullName!.Replace('+', '.');
}
